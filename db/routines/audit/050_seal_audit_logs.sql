-- Definer, because the chain goes over all organizations. Seals what is visible and not sealed yet. A row that was not visible was written by a
-- transaction at or above the snapshot's xmin, so that the next seal finds it by looking from there on; one that was is not sealed twice, because
-- it has a hash. So a transaction that stays open holds up nothing but its own rows.
-- After a restore into another cluster numbers of transactions start anew, below what the last seal says: then it looks at all rows once.
create or replace function overmind.seal_audit_logs(p_limit integer default 10000)
    returns table (number bigint, row_count integer, hash bytea, created_at timestamptz)
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_xmin   xid8;
    v_last   overmind.audit_seals;
    v_from   xid8 := '0';
    v_until  xid8;
    v_seal   overmind.audit_seals;
begin
    -- One node at a time; who comes while another is at it need not wait.
    if not pg_try_advisory_xact_lock(hashtextextended('overmind.seal_audit_logs', 0)) then
        return;
    end if;
    v_xmin := pg_snapshot_xmin(pg_current_snapshot());
    select * into v_last from overmind.audit_seals s order by s.number desc limit 1;
    if v_last.unsealed_since <= v_xmin then
        v_from := v_last.unsealed_since;
    end if;

    v_seal.number := coalesce(v_last.number, 0) + 1;
    with found as (
        select l.id, overmind.audit_row_hash(l) as row_hash, l.transaction_id,
            row_number() over (order by l.transaction_id, l.id)::integer as place
        from public.audit_logs l
        where l.transaction_id >= v_from
          and not exists (select from overmind.audit_hashes h where h.id = l.id)
        order by l.transaction_id, l.id
        limit p_limit
    ), kept as (
        insert into overmind.audit_hashes (id, seal_number, position, hash)
        select f.id, v_seal.number, f.place, f.row_hash
        from found f
    )
    select count(*), sha256(string_agg(uuid_send(f.id) || f.row_hash, '' order by f.place)), max(f.transaction_id)
    into v_seal.row_count, v_seal.rows_hash, v_until
    from found f;
    if v_seal.row_count = 0 then
        return;
    end if;

    v_seal.unsealed_since := case when v_seal.row_count = p_limit then least(v_xmin, v_until) else v_xmin end;
    v_seal.previous_hash := coalesce(v_last.hash, decode(repeat('00', 32), 'hex'));
    v_seal.created_at := clock_timestamp();
    v_seal.hash := sha256(
        v_seal.previous_hash || int8send(v_seal.number) || int4send(v_seal.row_count) || v_seal.rows_hash
        || int8send(v_seal.unsealed_since::text::bigint) || int8send(floor(extract(epoch from v_seal.created_at) * 1000000)::bigint));
    insert into overmind.audit_seals select v_seal.*;
    return query select v_seal.number, v_seal.row_count, v_seal.hash, v_seal.created_at;
end
$$;
comment on function overmind.seal_audit_logs(integer) is
    'Chains what was written into the audit log since the last seal: the seal it made, or no row when there was nothing or another node is at it.';
revoke all on function overmind.seal_audit_logs(integer) from public;
grant execute on function overmind.seal_audit_logs(integer) to service_role;
