-- Lock: access exclusive on messages and conversations, on messages while one partial index is built. Cost: one scan of messages for the index and one read of all that is in windows, for the sums of the conversations; some seconds for 10 million.

alter table messages
    add column pinned boolean not null default false;
comment on column messages.pinned is 'Whether it stays in the context window whatever leaves; a call of a tool and its results are pinned together.';
comment on column messages.window_tokens is 'Tokens it takes in a context window, as the model''s own tokenizer counts them with what frames a message; null: an estimate holds, one for 4 bytes or what the client said of tokens_used.';
select overmind.tenant_table(
    'public.messages', visibility => 'inherited', owner_column => 'user_id',
    fixed => '{conversation_id,seq,role,parent_message_id,branch,session_id,version_number,changed_by,change_reason,tsv,moderation_status,moderation_flags,moderated_at}');
-- What stays of a long branch is found without reading what left.
create index messages_always_in_window_idx on messages (organization_id, conversation_id, branch, seq) where role = 'system' or pinned;

create table context_windows (
    organization_id   uuid        not null default overmind.org_id(),
    conversation_id   uuid        not null,
    branch            integer     not null,
    user_id           uuid        not null,
    visibility        text        not null,
    after_seq         bigint      not null default 0,
    kept_seqs         bigint[]    not null default '{}',
    summary           text,
    summary_tokens    integer     not null default 0,
    summary_from_seq  bigint,
    summary_until_seq bigint,
    summary_model     text,
    strategy          text        not null,
    pruned_at         timestamptz not null default clock_timestamp(),
    created_at        timestamptz not null default clock_timestamp(),
    constraint context_windows_pkey primary key (organization_id, conversation_id, branch),
    constraint context_windows_conversation_fkey foreign key (organization_id, conversation_id)
        references conversations (organization_id, id) on delete cascade,
    constraint context_windows_visibility_known check (visibility in ('private', 'organization')),
    constraint context_windows_branch_not_negative check (branch >= 0),
    constraint context_windows_after_seq_not_negative check (after_seq >= 0),
    constraint context_windows_kept_seqs_before check (after_seq >= all (kept_seqs)),
    constraint context_windows_summary_described check (
        (summary is null) = (summary_from_seq is null) and (summary is null) = (summary_until_seq is null)
        and (summary is null) = (summary_model is null)),
    constraint context_windows_summary_until_seq_before check (summary_from_seq <= summary_until_seq and summary_until_seq <= after_seq),
    constraint context_windows_summary_tokens_of_summary check (summary_tokens >= 0 and (summary is not null or summary_tokens = 0)),
    constraint context_windows_strategy_known check (strategy in ('fifo', 'sliding_window', 'summarize', 'hybrid'))
);
comment on table context_windows is 'What of a branch a model is given, where that is not all of it. Nothing of the messages themselves changes when they leave.';
comment on column context_windows.organization_id is 'Tenant.';
comment on column context_windows.conversation_id is 'The conversation.';
comment on column context_windows.branch is 'The branch, 0 for the trunk.';
comment on column context_windows.user_id is 'Owner of the conversation; copied by a trigger.';
comment on column context_windows.visibility is 'That of the conversation; copied by a trigger.';
comment on column context_windows.after_seq is 'messages.seq after which all of the branch is in.';
comment on column context_windows.kept_seqs is 'Of those up to it the ones that stay besides system messages and pinned ones.';
comment on column context_windows.summary is 'What those that left said, in short; null: they left without.';
comment on column context_windows.summary_tokens is 'Tokens that the summary takes.';
comment on column context_windows.summary_from_seq is 'messages.seq of the first message that it covers.';
comment on column context_windows.summary_until_seq is 'messages.seq of the last message that it covers; of those between, the ones that stayed are not in it.';
comment on column context_windows.summary_model is 'Model that wrote the summary, as provider/model.';
comment on column context_windows.strategy is 'How the messages were chosen that left last: fifo, sliding_window, summarize or hybrid.';
comment on column context_windows.pruned_at is 'When they left.';
comment on column context_windows.created_at is 'When messages left for the first time.';
select overmind.tenant_table(
    'public.context_windows', visibility => 'inherited', owner_column => 'user_id', fixed => '{conversation_id,branch,created_at}');

comment on column conversations.auto_prune is 'Whether messages leave the window by themselves when it is fuller than prune_margin_ratio.';
comment on column conversations.max_context_tokens is 'Size of the context window; null: the model''s, as the registry knows it.';
comment on column conversations.rolling_tokens is 'Tokens of the active branch''s window: its system messages, pinned ones, summary and the others that are in; kept by triggers.';
alter table conversations disable trigger user;
update conversations c
set rolling_tokens = summed.tokens
from (
    with recursive path (organization_id, conversation_id, branch, parent_number, after_seq, until_seq) as (
        select t.organization_id, t.id, t.active_branch, b.parent_number, coalesce(b.forked_after_seq, 0), t.last_seq
        from conversations t
        left join conversation_branches b on b.organization_id = t.organization_id and b.conversation_id = t.id and b.number = t.active_branch
        union all
        select p.organization_id, p.conversation_id, p.parent_number, b.parent_number, coalesce(b.forked_after_seq, 0), least(p.after_seq, p.until_seq)
        from path p
        left join conversation_branches b
            on b.organization_id = p.organization_id and b.conversation_id = p.conversation_id and b.number = p.parent_number
        where p.parent_number is not null
    )
    select
        p.organization_id, p.conversation_id,
        sum(coalesce(
            m.window_tokens, case when m.run_id is null and m.version_number = 1 then m.tokens_used end, (octet_length(m.content) + 3) / 4)) as tokens
    from path p
    join messages m
        on m.organization_id = p.organization_id and m.conversation_id = p.conversation_id and m.branch = p.branch
        and m.seq > p.after_seq and m.seq <= p.until_seq and m.deleted_at is null
    group by p.organization_id, p.conversation_id) as summed
where c.organization_id = summed.organization_id
  and c.id = summed.conversation_id;
alter table conversations enable trigger user;
