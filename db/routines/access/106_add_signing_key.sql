-- Definer: the keys have no tenant. Adds one, and never replaces or shows any.
create or replace function overmind.add_signing_key(
    p_id uuid,
    p_public_key jsonb,
    p_secret bytea,
    p_rotate boolean)
    returns boolean
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    -- Nodes that start together on an empty database make one key.
    perform pg_advisory_xact_lock(hashtext('overmind.add_signing_key'));
    if not p_rotate and exists (select from overmind.signing_keys k where k.retired_at is null) then
        return false;
    end if;
    update overmind.signing_keys k
    set retired_at = clock_timestamp()
    where k.retired_at is null;
    insert into overmind.signing_keys (id, public_key, secret)
    values (p_id, p_public_key, p_secret);
    perform pg_notify('signing_key_changed', '');
    if p_rotate then
        perform overmind.audit_as(null, null, 'signing_key.rotated', 'update', 'signing_key', p_id::text, 'success');
    end if;
    return true;
end
$$;
comment on function overmind.add_signing_key(uuid, jsonb, bytea, boolean) is
    'Adds the key that signs from now on and retires the one before; without p_rotate only when there is none. False: it was not added.';
revoke all on function overmind.add_signing_key(uuid, jsonb, bytea, boolean) from public;
grant execute on function overmind.add_signing_key(uuid, jsonb, bytea, boolean) to service_role;
