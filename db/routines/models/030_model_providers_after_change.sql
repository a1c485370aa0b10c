create or replace function overmind.model_providers_after_change() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_notify('model_provider_changed', coalesce(new.organization_id, old.organization_id)::text);
    return null;
end
$$;
comment on function overmind.model_providers_after_change() is 'Trigger: lets every node forget what it knows of a provider.';

create or replace trigger model_providers_after_change
    after insert or update of key, kind, base_url, secret, settings, is_active, deleted_at or delete on public.model_providers
    for each row execute function overmind.model_providers_after_change();
