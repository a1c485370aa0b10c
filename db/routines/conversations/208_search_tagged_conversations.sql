-- Definer, because tags are found by an index that row-level security does not let be used; it states tenant and visibility itself. Null where there are more than
-- 1,000: then one in a hundred has the tag even where there are 100,000, and a list that is read by its own index soon has its page.
create or replace function overmind.search_tagged_conversations(p_tag text) returns uuid[]
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
declare
    tagged uuid[];
begin
    select coalesce(array_agg(c.id), '{}') into tagged
    from (
        select c.id
        from public.conversations c
        where c.organization_id = overmind.org_id()
          and c.tags @> array[p_tag]
          and c.deleted_at is null
          and (overmind.org_role() = 'admin' or c.user_id = overmind.user_id() or c.visibility = 'organization')
        limit 1001) as c;
    return case when cardinality(tagged) <= 1000 then tagged end;
end
$$;
comment on function overmind.search_tagged_conversations(text) is
    'Conversations of the caller''s organization that the caller sees and that have a tag; null where there are more than 1,000.';
revoke all on function overmind.search_tagged_conversations(text) from public;
grant execute on function overmind.search_tagged_conversations(text) to authenticated, service_role;
