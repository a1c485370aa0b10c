-- A connection is taken at its word: one that is called openai is OpenAI, whatever stands between. Of another name its address tells.
-- PostgreSQL keeps 32 regular expressions of a session, fewer than there are providers: asked one after the other each is made anew (420 of 450 µs).
-- Where an address begins otherwise than all that a pattern matches, the pattern is not asked.
create or replace function overmind.find_model(
    p_organization_id uuid, p_provider text, p_model text, out provider text, out model text)
    language plpgsql
    stable
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    seller    public.registry_providers;
    wanted    text := lower(p_model);
    candidate text;
begin
    -- What most calls name is found at once, as below.
    select a.provider, a.model into provider, model
    from public.model_aliases a
    where a.provider = lower(p_provider) and a.alias = wanted;
    if found then
        return;
    end if;

    select p.* into seller
    from public.registry_providers p
    where p.key = lower(p_provider) or lower(p_provider) = any (p.aliases)
    order by p.key = lower(p_provider) desc, p.key
    limit 1;
    if not found then
        select p.* into seller
        from public.model_providers c
        join public.registry_providers p on starts_with(c.base_url, p.url_beginning) and c.base_url ~ p.url_pattern
        where c.organization_id = p_organization_id and c.key = p_provider
        order by c.deleted_at desc nulls first, p.key
        limit 1;
        if not found then
            return;
        end if;
    end if;

    foreach candidate in array seller.key || seller.fallbacks loop
        select a.provider, a.model into provider, model
        from public.model_aliases a
        where a.provider = candidate and a.alias = wanted;
        if found then
            return;
        end if;
        select r.provider, r.model into provider, model
        from public.model_match_rules r
        where r.provider = candidate
          and case r.kind
              when 'prefix' then starts_with(wanted, r.pattern)
              when 'part' then strpos(wanted, r.pattern) > 0
              when 'suffix' then right(wanted, length(r.pattern)) = r.pattern
              else wanted ~ r.pattern
          end
        order by r.position
        limit 1;
        if found then
            return;
        end if;
    end loop;
end
$$;
comment on function overmind.find_model(uuid, text, text) is
    'The model of the registry that a call names: by the name or address of the connected provider and those whose models it sells, too; by alias, else by the first rule that fits. Nulls: not known.';
revoke all on function overmind.find_model(uuid, text, text) from public;
grant execute on function overmind.find_model(uuid, text, text) to authenticated, service_role;
