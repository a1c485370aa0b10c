create or replace function overmind.organizations_after_moderation() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_notify('moderation_changed', new.id::text);
    return null;
end
$$;
comment on function overmind.organizations_after_moderation() is 'Trigger: tells the nodes that keep an organization''s rules of moderation that they have changed.';

create or replace trigger organizations_after_moderation
    after update of settings on public.organizations
    for each row when (old.settings -> 'moderation' is distinct from new.settings -> 'moderation')
    execute function overmind.organizations_after_moderation();
