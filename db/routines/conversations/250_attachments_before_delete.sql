create or replace function overmind.attachments_before_delete() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if overmind.org_id() is not null
        and overmind.org_role() is distinct from 'admin'
        and overmind.user_id() is distinct from old.user_id
        and overmind.user_id() is distinct from old.uploaded_by
    then
        raise exception using
            errcode = 'insufficient_privilege',
            message = 'An attachment is deleted by whoever sent it, by the owner of its conversation and by admins';
    end if;
    return new;
end
$$;
comment on function overmind.attachments_before_delete() is 'Trigger: in a conversation that the organization sees, nobody deletes what another person has sent.';

create or replace trigger attachments_before_delete
    before update of deleted_at on public.attachments
    for each row execute function overmind.attachments_before_delete();
