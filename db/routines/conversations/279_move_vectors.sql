-- Definer, and of an organization that is named: what is suspended changes nothing, and its vectors move all the same. Each row at once: before it and after it the row has the active model's vector in one place. After a cancelled migration nothing but what it made
-- goes. A vector of a former model without one that takes its place is of a text that could not be embedded; it is embedded as new ones are.
create or replace function overmind.move_vectors(p_organization_id uuid, p_of text, p_after uuid, p_limit integer) returns table (moved integer, last_id uuid)
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    active public.embedding_models;
begin
    if p_of not in ('messages', 'conversations', 'memories') then
        raise exception 'move_vectors(%): messages, conversations or memories', p_of;
    end if;
    if not exists (select from overmind.embedding_migrations g where g.status in ('moving', 'cancelling')) then
        return;
    end if;
    select m.* into active from public.embedding_models m where m.status = 'active';
    return query execute format(
        $sql$
        with part as materialized (
            select t.id,
                (t.embedding_model_provider, t.embedding_model_name, t.embedding_dimensions) is not distinct from ($4, $5, $6) as stays,
                $7 and t.embedding_next_model = $4 || '/' || $5 and vector_dims(t.embedding_next) = $6 as comes
            from public.%1$I t
            where t.organization_id = $1
              and t.id > $2
              and (t.embedding_next is not null
                or $7 and t.embedding is not null and (t.embedding_model_provider, t.embedding_model_name, t.embedding_dimensions) is distinct from ($4, $5, $6))
            order by t.id
            limit $3
            for no key update
        ), done as (
            update public.%1$I t
            set embedding = case when p.stays or not $7 then t.embedding when p.comes then t.embedding_next end,
                embedding_model_provider = case when p.stays or not $7 then t.embedding_model_provider when p.comes then $4 end,
                embedding_model_name = case when p.stays or not $7 then t.embedding_model_name when p.comes then $5 end,
                embedding_dimensions = case when p.stays or not $7 then t.embedding_dimensions when p.comes then $6 end,
                embedding_next = null,
                embedding_next_model = null
            from part p
            where t.organization_id = $1
              and t.id = p.id
            returning t.id)
        select count(*)::integer, (select p.id from part p order by p.id desc limit 1) from done d
        $sql$, p_of)
    using p_organization_id, p_after, p_limit, active.provider, active.model, active.dimensions, active.in_next;
end
$$;
comment on function overmind.move_vectors(uuid, text, uuid, integer) is
    'Moves vectors of an organization from embedding_next to embedding once their model is the active one, or takes them away after a migration was cancelled: up to p_limit after an id. Returns how many, and the last.';
revoke all on function overmind.move_vectors(uuid, text, uuid, integer) from public;
grant execute on function overmind.move_vectors(uuid, text, uuid, integer) to service_role;
