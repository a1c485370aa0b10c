create or replace function overmind.record_worker(
    p_worker_lock bigint,
    p_name        text,
    p_host        text,
    p_pid         integer,
    p_kinds       text[],
    p_concurrency integer,
    p_running     integer) returns void
    language sql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    insert into overmind.workers (worker_lock, name, host, pid, kinds, concurrency, running)
    values (p_worker_lock, p_name, p_host, p_pid, p_kinds, p_concurrency, p_running)
    on conflict (worker_lock) do update
    set running = excluded.running,
        last_seen_at = clock_timestamp()
$$;
comment on function overmind.record_worker(bigint, text, text, integer, text[], integer, integer) is 'A worker''s sign of life.';
revoke all on function overmind.record_worker(bigint, text, text, integer, text[], integer, integer) from public;
grant execute on function overmind.record_worker(bigint, text, text, integer, text[], integer, integer) to service_role;
