-- Lock: share row exclusive on messages while one foreign key is checked (reads go on, writes wait), then access exclusive on messages and conversations for an instant. Cost: one look by the key for each message that follows another, some seconds for 10 million; columns are added without writing a row.

-- Citus takes no foreign key that sets null. What followed a message that goes for good is let go by a trigger (messages_leave_followers).
alter table messages
    add constraint messages_followed_fkey foreign key (organization_id, parent_message_id) references messages (organization_id, id) not valid;
alter table messages validate constraint messages_followed_fkey;
alter table messages drop constraint messages_parent_fkey;
alter table messages rename constraint messages_followed_fkey to messages_parent_fkey;

alter table conversations
    add column forked_from_conversation_id uuid,
    add column forked_from_message_id uuid,
    add constraint conversations_forked_from_whole check ((forked_from_conversation_id is null) = (forked_from_message_id is null)) not valid;
alter table conversations validate constraint conversations_forked_from_whole;
comment on column conversations.forked_from_conversation_id is 'Conversation whose messages it began with, which may be gone; null: it began by itself.';
comment on column conversations.forked_from_message_id is 'The last of the messages that were copied, as it is called there; it may be gone.';
select overmind.tenant_table(
    'public.conversations', visibility => 'owner', owner_column => 'user_id', fixed => '{tsv,forked_from_conversation_id,forked_from_message_id}');
