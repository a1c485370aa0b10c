create or replace function overmind.workflow_runs_before_insert() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    if new.conversation_id is not null then
        select c.user_id, c.visibility into new.user_id, new.visibility
        from public.conversations c
        where c.organization_id = new.organization_id
          and c.id = new.conversation_id
          and c.deleted_at is null;
        if not found then
            raise exception using
                errcode = 'foreign_key_violation',
                message = format('There is no conversation %s', new.conversation_id),
                table = 'workflow_runs',
                constraint = 'workflow_runs_conversation_fkey';
        end if;
        if new.question_message_id is not null then
            select coalesce(new.branch, m.branch) into new.branch
            from public.messages m
            where m.organization_id = new.organization_id
              and m.id = new.question_message_id
              and m.conversation_id = new.conversation_id;
            if not found then
                raise exception using
                    errcode = 'foreign_key_violation',
                    message = format('There is no message %s in this conversation', new.question_message_id),
                    table = 'workflow_runs',
                    constraint = 'workflow_runs_question_fkey';
            end if;
        end if;
    elsif new.user_id <> overmind.user_id() and overmind.org_role() is distinct from 'admin' then
        raise exception using
            errcode = 'insufficient_privilege',
            message = 'A run is started in one''s own name';
    end if;
    new.branch := coalesce(new.branch, 0);
    return new;
end
$$;
comment on function overmind.workflow_runs_before_insert() is
    'Trigger: a run in a conversation has the conversation''s owner and visibility; one without belongs to whoever starts it. It answers on its question''s branch.';

create or replace trigger workflow_runs_before_insert
    before insert on public.workflow_runs
    for each row execute function overmind.workflow_runs_before_insert();
