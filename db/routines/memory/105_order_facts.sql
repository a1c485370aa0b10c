-- One row a value, in the order in which they were said last; so the same rows stand there in whatever order what was said is read. What somebody ended by hand stays ended.
create or replace function overmind.order_facts(p_organization_id uuid, p_owner_id uuid, p_private_of uuid, p_key text, p_new uuid default null) returns integer
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_fact  record;
    v_ended integer := 0;
begin
    -- The earlier ones end first: two of a key never hold at once.
    for v_fact in
        select o.*
        from (
            select
                m.id, m.valid_from, m.valid_until, m.superseded_by, n.place, count(*) over () as places,
                lead(m.id) over said as next_id,
                greatest(m.valid_from, case when lead(m.valid_from) over said > m.valid_from then lead(m.valid_from) over said else lead(n.said_at) over said end) as until
            from (
                select f.id, coalesce(f.confirmed_at, f.valid_from) as said_at, row_number() over (order by coalesce(f.confirmed_at, f.valid_from), f.id) as place
                from public.memories f
                where f.organization_id = p_organization_id
                  and f.owner_id = p_owner_id
                  and f.fact_key = p_key
                  and f.deleted_at is null
                  and case f.visibility when 'private' then f.user_id end is not distinct from p_private_of) as n
            join public.memories m on m.organization_id = p_organization_id and m.id = n.id
            window said as (order by n.place)) as o
        order by o.place
    loop
        if v_fact.place < v_fact.places then
            if v_fact.superseded_by is distinct from v_fact.next_id and (v_fact.valid_until is null or v_fact.superseded_by is not null or v_fact.id = p_new) then
                update public.memories m
                set valid_until = v_fact.until,
                    superseded_by = v_fact.next_id
                where m.organization_id = p_organization_id
                  and m.id = v_fact.id;
                v_ended := v_ended + case when v_fact.valid_until is null then 1 else 0 end;
            end if;
        elsif v_fact.superseded_by is not null or v_fact.id = p_new then
            update public.memories m
            set valid_until = null,
                superseded_by = null
            where m.organization_id = p_organization_id
              and m.id = v_fact.id
              and not exists (
                  select
                  from public.memories same
                  where same.organization_id = m.organization_id
                    and same.content_hash = m.content_hash
                    and same.owner_id = m.owner_id
                    and same.memory_type = m.memory_type
                    and same.id <> m.id
                    and same.visibility = m.visibility
                    and same.user_id = m.user_id
                    and same.deleted_at is null
                    and same.valid_until is null
                    and same.expires_at is null
                    and m.expires_at is null);
        end if;
    end loop;
    return v_ended;
end
$$;
comment on function overmind.order_facts(uuid, uuid, uuid, text, uuid) is
    'Lets of all that an owner remembers of one thing what was said last hold, and the earlier ones end when the next began; returns how many ended by it. For definer functions, which test the organization.';
revoke all on function overmind.order_facts(uuid, uuid, uuid, text, uuid) from public;
