alter table conversations
    drop column forked_from_conversation_id,
    drop column forked_from_message_id;
alter table messages
    drop constraint messages_parent_fkey,
    add constraint messages_parent_fkey foreign key (organization_id, parent_message_id) references messages (organization_id, id)
        on delete set null (parent_message_id);
select overmind.tenant_table('public.conversations', visibility => 'owner', owner_column => 'user_id', fixed => '{tsv}');
