-- How many jobs of each pair may be claimed now. Workers count the running jobs of a limited kind one after the other, behind a lock that ends with
-- the claim; who does not get it leaves the kind to who has it.
create or replace function overmind.allowed_jobs(p_pairs jsonb, p_limits jsonb, p_share integer)
    returns table (kind text, tenant uuid, priority smallint, run_at timestamptz, id uuid, share integer)
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
#variable_conflict use_column
declare
    free  jsonb := '{}';
    rules jsonb;
begin
    for kind, tenant, priority, run_at, id in
        select p.kind, p.tenant, p.priority, p.run_at, p.id
        from jsonb_to_recordset(p_pairs) as p (kind text, tenant uuid, priority smallint, run_at timestamptz, id uuid)
    loop
        -- What belongs to a suspended organization waits until it is active again.
        continue when overmind.is_frozen(tenant);
        share := p_share;
        rules := p_limits -> kind;
        if rules is not null then
            if not free ? kind then
                free := free || jsonb_build_object(kind, coalesce((rules ->> 'slots')::integer, 2147483647));
                if rules ? 'all' or rules ? 'organization' then
                    if not pg_try_advisory_xact_lock(hashtextextended('overmind.jobs.' || kind, 0)) then
                        free := free || jsonb_build_object(kind, 0);
                    elsif rules ? 'all' then
                        free := free || jsonb_build_object(kind, least((free ->> kind)::integer, (rules ->> 'all')::integer - (
                            select count(*) from overmind.held_jobs(allowed_jobs.kind))));
                    end if;
                end if;
            end if;
            share := least(share, (free ->> kind)::integer);
            if rules ? 'organization' then
                share := least(share, (rules ->> 'organization')::integer - (
                    select count(*)
                    from overmind.held_jobs(allowed_jobs.kind) as h
                    where h.organization_id is not distinct from nullif(allowed_jobs.tenant, '00000000-0000-0000-0000-000000000000'::uuid)));
            end if;
            free := free || jsonb_build_object(kind, (free ->> kind)::integer - greatest(share, 0));
        end if;
        if share > 0 then
            return next;
        end if;
    end loop;
end
$$;
comment on function overmind.allowed_jobs(jsonb, jsonb, integer) is 'How many jobs of each pair of kind and organization the limits leave. Called by claim_jobs.';
revoke all on function overmind.allowed_jobs(jsonb, jsonb, integer) from public;
