comment on column conversations.auto_prune is 'Whether messages leave the window by themselves when it is full.';
comment on column conversations.max_context_tokens is 'Size of the context window; null: the models.';
comment on column conversations.rolling_tokens is 'Tokens of the messages in the window.';
alter table conversations disable trigger user;
update conversations set rolling_tokens = 0 where rolling_tokens <> 0;
alter table conversations enable trigger user;
drop table context_windows;
drop index messages_always_in_window_idx;
comment on column messages.window_tokens is 'Tokens it takes in a context window.';
alter table messages
    drop column pinned;
