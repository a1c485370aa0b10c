-- For the schema's owner, who alone sees all texts.
create or replace function overmind.embedding_counts(p_active uuid, p_next uuid) returns table (of text, texts bigint, active bigint, next bigint, waiting bigint, characters bigint)
    language plpgsql
    stable
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    was  public.embedding_models;
    will public.embedding_models;
begin
    select m.* into was from public.embedding_models m where m.id = p_active;
    select m.* into will from public.embedding_models m where m.id = p_next;
    foreach of in array array['messages', 'conversations', 'memories'] loop
        return query execute format(
            $sql$
            select %1$L, count(*), count(*) filter (where not %3$s), count(*) filter (where not %4$s),
                count(*) filter (where %4$s and o.status = 'active' and o.deleted_at is null),
                coalesce(sum(least(length(t.%2$I), 32768)) filter (where %4$s and o.status = 'active' and o.deleted_at is null), 0)::bigint
            from public.%1$I t
            join public.organizations o on o.id = t.organization_id
            where t.deleted_at is null
              and t.%2$I <> ''
            $sql$, of, case of when 'conversations' then 'title' else 'content' end,
            case when was.id is null then 'true' else overmind.lacking_vector(of, was) end,
            case when will.id is null then 'true' else overmind.lacking_vector(of, will) end);
    end loop;
end
$$;
comment on function overmind.embedding_counts(uuid, uuid) is
    'Of messages, conversations and memories how many texts there are, how many have a vector of either of two models, and how many texts and characters of active organizations wait for the second one.';
revoke all on function overmind.embedding_counts(uuid, uuid) from public;
