-- Definer: the keys have no tenant. Their private halves are encrypted with a key that is not in the database.
create or replace function overmind.read_signing_keys()
    returns table (id uuid, public_key jsonb, secret bytea, created_at timestamptz, retired_at timestamptz)
    language sql stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select k.id, k.public_key, k.secret, k.created_at, k.retired_at
    from overmind.signing_keys k
    where k.retired_at is null
       or k.retired_at > clock_timestamp() - interval '1 day'
    order by k.created_at desc, k.id desc
$$;
comment on function overmind.read_signing_keys() is
    'The keys of access tokens, newest first: the one that signs, and those whose tokens may still be good.';
revoke all on function overmind.read_signing_keys() from public;
grant execute on function overmind.read_signing_keys() to service_role;
