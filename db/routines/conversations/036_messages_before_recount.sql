create or replace function overmind.messages_before_recount() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    new.window_tokens := null;
    return new;
end
$$;
comment on function overmind.messages_before_recount() is 'Trigger: what an earlier text took says nothing of the new one; whoever can count it does so after that.';

create or replace trigger messages_before_recount
    before update of content on public.messages
    for each row
    when (old.content <> new.content and old.window_tokens is not distinct from new.window_tokens)
    execute function overmind.messages_before_recount();
