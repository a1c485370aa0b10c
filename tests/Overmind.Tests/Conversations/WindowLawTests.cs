using Npgsql;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Conversations;

/// <summary>rolling_tokens is what a recount finds, at every moment, whatever happens at once to messages, branches and windows.</summary>
public class WindowLawTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    // Counted otherwise than by the routines: the path of the active branch, and what the window says of each message on it.
    const string Differences = """
        with recursive path (conversation_id, branch, parent_number, after_seq, until_seq) as (
            select c.id, c.active_branch, b.parent_number, coalesce(b.forked_after_seq, 0), c.last_seq
            from conversations c
            left join conversation_branches b on b.conversation_id = c.id and b.number = c.active_branch
            union all
            select p.conversation_id, p.parent_number, b.parent_number, coalesce(b.forked_after_seq, 0), least(p.until_seq, p.after_seq)
            from path p
            left join conversation_branches b on b.conversation_id = p.conversation_id and b.number = p.parent_number
            where p.parent_number is not null
        )
        select count(*)
        from conversations c
        left join context_windows w on w.conversation_id = c.id and w.branch = c.active_branch
        cross join lateral (
            select coalesce(sum(coalesce(
                m.window_tokens, case when m.run_id is null and m.version_number = 1 then m.tokens_used end, ceil(octet_length(m.content) / 4.0))), 0) as tokens
            from path p
            join messages m on m.conversation_id = p.conversation_id and m.branch = p.branch and m.seq > p.after_seq and m.seq <= p.until_seq
            where p.conversation_id = c.id
              and m.deleted_at is null
              and m.moderation_status is distinct from 'blocked'
              and (m.seq > coalesce(w.after_seq, 0) or m.role = 'system' or m.pinned or m.seq = any (w.kept_seqs))) as counted
        where c.rolling_tokens <> counted.tokens + coalesce(w.summary_tokens, 0)
        """;

    // Behind the conversation's row: what takes several messages would wait for an append that waits for it.
    const string Locked = """
        select m.id
        from (select id from conversations where id = $1 for no key update) as c
        join messages m on m.conversation_id = c.id
        order by random()
        limit 1
        """;

    static readonly string[] Steps =
    [
        $"update messages set content = left(content || content, 1 + floor(random() * 60)::integer) where id = ({Locked})",
        "update messages set window_tokens = floor(random() * 30) where id = (select id from messages where conversation_id = $1 order by random() limit 1)",
        $"update messages set deleted_at = case when deleted_at is null then now() end where id = ({Locked})",
        $"select overmind.review_message(({Locked}), case when random() < 0.5 then 'blocked' else 'approved' end, '{{\"code\": \"blocked\", \"source\": \"review\"}}')",
        $"update messages set pinned = not pinned where id = ({Locked})",
        $"delete from messages where id = ({Locked})",
        "select prune_conversation($1, (select floor(rolling_tokens * random())::bigint from conversations where id = $1))",
        "select overmind.fork_branch($1, (select id from messages where conversation_id = $1 and deleted_at is null order by random() limit 1))",
        "update conversations set active_branch = (select b.number from (select number from conversation_branches where conversation_id = $1 union all select 0) as b order by random() limit 1) where id = $1",
        """
        insert into context_windows (conversation_id, branch, after_seq, strategy, summary, summary_tokens, summary_from_seq, summary_until_seq, summary_model)
        select id, active_branch, greatest(1, last_seq - 5), 'summarize', 'In short.', 3, 1, greatest(1, last_seq - 5), 'offline/offline'
        from (select * from conversations where id = $1 for no key update) as c
        on conflict (organization_id, conversation_id, branch) do update
        set after_seq = excluded.after_seq, kept_seqs = '{}', summary = excluded.summary, summary_tokens = excluded.summary_tokens,
            summary_from_seq = excluded.summary_from_seq, summary_until_seq = excluded.summary_until_seq, summary_model = excluded.summary_model
        """,
    ];

    [Theory]
    [InlineData("fifo")]
    [InlineData("sliding_window")]
    public async Task Whatever_64_writers_do_at_once(string strategy)
    {
        var conversation = await data.OneAsync<Guid>(
            data.Me, "insert into conversations (prune_strategy, auto_prune, max_context_tokens) values ($1, true, 400) returning id", strategy);
        await data.MessageAsync(data.Me, conversation);
        using var written = new CancellationTokenSource();
        var looking = LookAsync(written.Token);
        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => WriteAsync(conversation, new Random(i))));
        await written.CancelAsync();
        await looking;

        (await data.Owner.ScalarAsync<long>(Differences)).ShouldBe(0);
        (await data.Owner.ScalarAsync<long>("select count(*) from context_windows where after_seq > 0")).ShouldBeGreaterThan(0);
        (await data.Owner.ScalarAsync<long>("select c.message_count - (select count(*) from messages m where m.conversation_id = c.id and m.deleted_at is null) from conversations c where id = $1", conversation)).ShouldBe(0);
    }

    async Task WriteAsync(Guid conversation, Random random)
    {
        for (var step = 0; step < 3; step++)
        {
            try
            {
                if (random.Next(2) == 0)
                    await data.DoAsync(
                        data.Me, "insert into messages (conversation_id, role, content) values ($1, $2, $3)", conversation,
                        ((string[])["user", "assistant", "tool", "tool", "system"])[random.Next(100) == 0 ? 4 : random.Next(4)], new string('x', random.Next(1, 200)));
                else
                    await data.DoAsync(data.First.Admin, Steps[random.Next(Steps.Length)], conversation);
            }
            catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.ForeignKeyViolation)
            {
                // Two of them wanted the same messages, or the message that was chosen is gone: nothing happened.
            }
        }
    }

    async Task LookAsync(CancellationToken until)
    {
        do
            (await data.Owner.ScalarAsync<long>(Differences)).ShouldBe(0, "while it is written");
        while (!until.IsCancellationRequested);
    }
}
