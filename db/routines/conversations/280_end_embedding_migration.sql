-- Definer, because the table is private, and it looks at all organizations.
create or replace function overmind.end_embedding_migration(p_id uuid) returns boolean
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    former public.embedding_models;
    rest   boolean;
begin
    select m.* into former
    from overmind.embedding_migrations g
    join public.embedding_models m on m.id = g.from_model_id
    where g.id = p_id
      and g.status = 'moving';
    for i in 1..3 loop
        -- What a node that had not heard yet has written, too.
        execute format(
            $sql$
            select exists (
                select from public.%I t
                where t.embedding_next is not null
                   or (t.embedding_model_provider, t.embedding_model_name, t.embedding_dimensions) = ($1, $2, $3))
            $sql$, (array['messages', 'conversations', 'memories'])[i])
        into rest
        using former.provider, former.model, former.dimensions;
        if rest then
            return false;
        end if;
    end loop;
    update public.embedding_models m
    set in_next = false
    from overmind.embedding_migrations g
    where g.id = p_id
      and g.status = 'moving'
      and m.id = g.to_model_id;
    update overmind.embedding_migrations g
    set status = case g.status when 'moving' then 'completed' else 'cancelled' end,
        job_id = null, error = null, failed_at = null,
        ended_at = clock_timestamp()
    where g.id = p_id
      and g.status in ('moving', 'cancelling');
    return found;
end
$$;
comment on function overmind.end_embedding_migration(uuid) is 'Ends a migration of the embeddings when no vector is left to move or to take away; whether it has.';
revoke all on function overmind.end_embedding_migration(uuid) from public;
grant execute on function overmind.end_embedding_migration(uuid) to service_role;
