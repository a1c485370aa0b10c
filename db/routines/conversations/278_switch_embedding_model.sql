-- Definer, because the models are the installation's. One statement: whoever reads sees the former model with all of its vectors, or the new one with all of its.
-- What was written since p_since has waited for no pass yet, and does not hold up what would else never end; the job embeds it next.
create or replace function overmind.switch_embedding_model(p_id uuid, p_since timestamptz) returns bigint
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    current overmind.embedding_migrations;
    next    public.embedding_models;
    part    bigint;
    lacking bigint := 0;
begin
    select g.* into current from overmind.embedding_migrations g where g.id = p_id and g.status = 'running' for update;
    if not found then
        return null;
    end if;
    select m.* into next from public.embedding_models m where m.id = current.to_model_id for update;
    for i in 1..3 loop
        execute format(
            $sql$
            select count(*)
            from public.%1$I t
            join public.organizations o on o.id = t.organization_id
            where o.status = 'active'
              and o.deleted_at is null
              and (t.updated_at < $1 or t.updated_at is null)
              and %2$s
            $sql$, (array['messages', 'conversations', 'memories'])[i], overmind.lacking_vector((array['messages', 'conversations', 'memories'])[i], next))
        into part
        using p_since;
        lacking := lacking + part;
    end loop;
    if lacking > 0 then
        return lacking;
    end if;
    update public.embedding_models m set status = 'old', in_next = false where m.id = current.from_model_id;
    update public.embedding_models m set status = 'active', in_next = true, activated_at = clock_timestamp() where m.id = next.id;
    update overmind.embedding_migrations g set status = 'moving', switched_at = clock_timestamp(), error = null, failed_at = null where g.id = p_id;
    return 0;
end
$$;
comment on function overmind.switch_embedding_model(uuid, timestamptz) is
    'Lets the new model be searched, unless a text of an active organization that stands as it is since p_since lacks its vector. Returns how many do; 0: it is the active one now; null: there is nothing to switch.';
revoke all on function overmind.switch_embedding_model(uuid, timestamptz) from public;
grant execute on function overmind.switch_embedding_model(uuid, timestamptz) to service_role;
