-- Definer, because nobody deletes from the log by hand. Only the organization of the claims, only for an admin, and only what is sealed: its hash
-- stays and says when the row went, so that the chain is verified without it.
create or replace function overmind.delete_expired_audit_logs(p_before timestamptz, p_limit integer default 1000) returns integer
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_ids uuid[];
begin
    if overmind.org_role() is distinct from 'admin' then
        return 0;
    end if;
    v_ids := array(
        select l.id
        from public.audit_logs l
        where l.organization_id = overmind.org_id()
          and l.created_at < p_before
          and exists (select from overmind.audit_hashes h where h.id = l.id)
        order by l.id
        limit p_limit);
    update overmind.audit_hashes h set removed_at = clock_timestamp() where h.id = any (v_ids);
    delete from public.audit_details d where d.id = any (v_ids);
    delete from public.audit_logs l where l.id = any (v_ids);
    return cardinality(v_ids);
end
$$;
comment on function overmind.delete_expired_audit_logs(timestamptz, integer) is
    'Deletes acts of the caller''s organization that are older than p_before and sealed, up to p_limit; returns how many.';
revoke all on function overmind.delete_expired_audit_logs(timestamptz, integer) from public;
grant execute on function overmind.delete_expired_audit_logs(timestamptz, integer) to service_role;
