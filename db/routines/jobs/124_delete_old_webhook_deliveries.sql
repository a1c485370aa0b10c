-- Definer: it sweeps all organizations.
create or replace function overmind.delete_old_webhook_deliveries(p_before timestamptz, p_limit integer default 10000) returns integer
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    deleted integer;
begin
    delete from public.webhook_deliveries d
    using (
        select old.organization_id, old.id
        from public.webhook_deliveries old
        where old.created_at < least(p_before, clock_timestamp() - interval '7 days')
          and old.status <> 'pending'
        limit p_limit
    ) as due
    where d.organization_id = due.organization_id
      and d.id = due.id;
    get diagnostics deleted = row_count;
    return deleted;
end
$$;
comment on function overmind.delete_old_webhook_deliveries(timestamptz, integer) is 'Deletes deliveries that have ended, of before a time that is 7 days past or more; returns how many.';
revoke all on function overmind.delete_old_webhook_deliveries(timestamptz, integer) from public;
grant execute on function overmind.delete_old_webhook_deliveries(timestamptz, integer) to service_role;
