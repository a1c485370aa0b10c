alter table workflow_runs drop column branch;
drop index messages_branch_idx;
drop index messages_session_idx;
drop index messages_deleted_idx;
alter table messages
    drop constraint messages_session_fkey,
    drop constraint messages_parent_fkey,
    add constraint messages_parent_fkey foreign key (organization_id, parent_message_id) references messages (organization_id, id),
    drop constraint messages_tools_shape,
    drop constraint messages_tool_result_names_call,
    drop column branch,
    drop column version_number,
    drop column changed_by,
    drop column change_reason;
comment on column messages.seq is 'Place in the conversation, from 1 without gaps; given by a trigger.';
comment on column messages.parent_message_id is 'Message it answers or replaces.';
comment on column messages.tools is 'Tools that were offered or called.';
alter table conversations drop column active_branch;
comment on column conversations.message_count is 'Messages that are not deleted; kept by triggers.';
comment on column conversations.last_seq is 'Number of the newest message; kept by a trigger.';
drop table message_versions;
drop table conversation_sessions;
drop table conversation_branches;
