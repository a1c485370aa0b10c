create or replace function overmind.api_keys_after_change() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_notify('api_key_changed', old.id::text);
    return null;
end
$$;
comment on function overmind.api_keys_after_change() is 'Trigger: lets every node forget what it knows of a key.';

create or replace trigger api_keys_after_change
    after update of user_id, name, key_hash, scopes, is_active, expires_at, revoked_at or delete on public.api_keys
    for each row execute function overmind.api_keys_after_change();
