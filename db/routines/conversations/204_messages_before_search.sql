create or replace function overmind.messages_before_search() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    new.tsv := overmind.search_document(
        (select overmind.search_language(o.settings) from public.organizations o where o.id = new.organization_id), new.content);
    return new;
end
$$;
comment on function overmind.messages_before_search() is 'Trigger: keeps the words of a message for the search, in the language of its organization.';

create or replace trigger messages_before_search
    before insert or update of content on public.messages
    for each row execute function overmind.messages_before_search();

create or replace trigger touch_updated_at_not_by_indexing
    before update of tsv on public.messages
    for each row execute function overmind.keep_updated_at();
