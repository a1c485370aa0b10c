-- Definer, because nobody may write tsv by hand. Walks the messages of the caller's organization by their key, its memories and its conversations then: a batch a call, so that
-- nobody waits long for a row. New texts are indexed in the new language by triggers meanwhile.
create or replace function overmind.index_texts(p_language text, p_of text, p_after uuid, p_limit integer default 1000) returns uuid
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    batch uuid[];
begin
    if p_of = 'messages' then
        batch := array(select m.id from public.messages m where m.organization_id = overmind.org_id() and m.id > p_after order by m.id limit p_limit);
        update public.messages m
        set tsv = overmind.search_document(p_language, m.content)
        where m.organization_id = overmind.org_id()
          and m.id = any (batch);
    elsif p_of = 'memories' then
        batch := array(select m.id from public.memories m where m.organization_id = overmind.org_id() and m.id > p_after order by m.id limit p_limit);
        update public.memories m
        set tsv = overmind.search_document(p_language, m.content)
        where m.organization_id = overmind.org_id()
          and m.id = any (batch);
    else
        batch := array(select c.id from public.conversations c where c.organization_id = overmind.org_id() and c.id > p_after order by c.id limit p_limit);
        update public.conversations c
        set tsv = overmind.search_document(p_language, c.title)
        where c.organization_id = overmind.org_id()
          and c.id = any (batch);
        if cardinality(batch) = 0 then
            -- Where it was changed meanwhile, the next run of the job finds it once more.
            update public.organizations o
            set indexed_language = p_language
            where o.id = overmind.org_id();
        end if;
    end if;
    return batch[cardinality(batch)];
end
$$;
comment on function overmind.index_texts(text, text, uuid, integer) is
    'Indexes texts of the caller''s organization in a language, of messages, memories or conversations, up to p_limit after the id p_after; the last of them, null when there are no more. When there are no more conversations it says that all is indexed.';
revoke all on function overmind.index_texts(text, text, uuid, integer) from public;
grant execute on function overmind.index_texts(text, text, uuid, integer) to service_role;

create or replace trigger touch_updated_at_not_by_indexing
    before update of indexed_language on public.organizations
    for each row execute function overmind.keep_updated_at();
