-- Definer, because a member's private texts are nobody else's; of the caller's organization, for the job. Walks by id from where the caller was, so that a pass looks at each text
-- once: an index of what lacks a vector would hold all texts at all other times.
create or replace function overmind.texts_to_migrate(p_of text, p_after uuid, p_limit integer, p_characters integer)
    returns table (id uuid, text text, digest text)
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    next public.embedding_models;
begin
    if p_of not in ('messages', 'conversations', 'memories') then
        raise exception 'texts_to_migrate(%): messages, conversations or memories', p_of;
    end if;
    select m.* into next from public.embedding_models m join overmind.embedding_migrations g on g.to_model_id = m.id where g.ended_at is null and m.status <> 'old';
    if next.id is null then
        return;
    end if;
    return query execute format(
        'select t.id, left(t.%2$I, $3), md5(t.%2$I) from public.%1$I t where t.organization_id = $1 and t.id > $2 and %3$s order by t.id limit $4',
        p_of, case p_of when 'conversations' then 'title' else 'content' end, overmind.lacking_vector(p_of, next))
    using overmind.org_id(), p_after, p_characters, p_limit;
end
$$;
comment on function overmind.texts_to_migrate(text, uuid, integer, integer) is
    'The next texts of the caller''s organization, by id, that have no vector of the model that takes the place of another.';
revoke all on function overmind.texts_to_migrate(text, uuid, integer, integer) from public;
grant execute on function overmind.texts_to_migrate(text, uuid, integer, integer) to service_role;
