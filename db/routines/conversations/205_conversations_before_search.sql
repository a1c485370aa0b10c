create or replace function overmind.conversations_before_search() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    new.tsv := overmind.search_document(
        (select overmind.search_language(o.settings) from public.organizations o where o.id = new.organization_id), new.title);
    return new;
end
$$;
comment on function overmind.conversations_before_search() is 'Trigger: keeps the words of a title for the search, in the language of its organization.';

create or replace trigger conversations_before_search
    before insert on public.conversations
    for each row execute function overmind.conversations_before_search();

-- Each message writes the title, mostly as it was.
create or replace trigger conversations_before_search_again
    before update of title on public.conversations
    for each row when (old.title is distinct from new.title)
    execute function overmind.conversations_before_search();

create or replace trigger touch_updated_at_not_by_indexing
    before update of tsv on public.conversations
    for each row execute function overmind.keep_updated_at();
