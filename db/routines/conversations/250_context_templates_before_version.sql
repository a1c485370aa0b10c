-- Definer, because nobody writes versions by hand; it keeps what the caller was allowed to change. The row is locked, so its number is its own.
create or replace function overmind.context_templates_before_version() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    insert into public.context_template_versions (organization_id, template_id, version, segments, variables, total_tokens, replaced_by)
    values (old.organization_id, old.id, old.version, old.segments, old.variables, old.total_tokens, overmind.user_id());
    new.version := old.version + 1;
    -- What an earlier text took says nothing of the new one.
    if new.segments <> old.segments and new.total_tokens is not distinct from old.total_tokens then
        new.total_tokens := null;
    end if;
    return new;
end
$$;
comment on function overmind.context_templates_before_version() is 'Trigger: keeps what a context template said before, and numbers what it says now.';
revoke all on function overmind.context_templates_before_version() from public;

create or replace trigger context_templates_before_version
    before update of segments, variables on public.context_templates
    for each row when (old.segments <> new.segments or old.variables <> new.variables)
    execute function overmind.context_templates_before_version();
