-- Definer, because it sweeps all organizations; it returns nothing of them.
create or replace function overmind.delete_expired_idempotency_keys() returns void
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    delete from public.idempotency_keys k
    where k.created_at < clock_timestamp() - interval '24 hours'
$$;
comment on function overmind.delete_expired_idempotency_keys() is 'Forgets idempotency keys that are older than 24 hours.';
revoke all on function overmind.delete_expired_idempotency_keys() from public;
grant execute on function overmind.delete_expired_idempotency_keys() to service_role;
