create or replace function overmind.memories_before_fact() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if new.deleted_at is null then
        new.withdrawn := null;
    end if;
    -- Forming says itself what the new words say.
    if new.content <> old.content and new.fact_value is not distinct from old.fact_value then
        new.fact_value := null;
    end if;
    return new;
end
$$;
comment on function overmind.memories_before_fact() is
    'Trigger: what is brought back was not withdrawn, and what is worded otherwise by hand says nothing that forming could compare.';

create or replace trigger memories_before_fact
    before update of content, content_parts, deleted_at on public.memories
    for each row
    when (old.fact_value is not null or old.withdrawn is not null)
    execute function overmind.memories_before_fact();
