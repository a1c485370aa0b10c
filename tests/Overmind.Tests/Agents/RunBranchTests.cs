using Overmind.Agents;
using Overmind.Conversations;
using Overmind.Errors;
using Overmind.Postgres;
using Overmind.Usage.Cache;

namespace Overmind.Tests.Agents;

public class RunBranchTests(RunStage stage) : IClassFixture<RunStage>
{
    [Fact]
    public async Task Another_answer_goes_to_a_branch_beside_the_one_that_is_there()
    {
        await using var host = await stage.HostAsync(new FakeModel(FakeModel.Good(9.5)));
        var conversation = await stage.ConversationAsync();
        await host.AskAsync(stage.User, conversation, "First?");
        var asked = await host.AskAsync(stage.User, conversation, "Second?");
        await host.AskAsync(stage.User, conversation, "Third?");

        // Of the question, and of an answer to it.
        foreach (var (message, branch) in new[] { (asked.QuestionMessageId, 1), (asked.AnswerMessageId!.Value, 2) })
        {
            var run = await host.Runs.RegenerateAsync(stage.User, conversation, message, null, CancellationToken.None);
            (run.Branch, run.QuestionMessageId).ShouldBe((branch, asked.QuestionMessageId));
            var events = await host.WatchAsync(stage.User, run.Id);
            events[0].Data.GetProperty("run").GetProperty("branch").GetInt32().ShouldBe(branch);
            (await HistoryAsync(run.Id)).ShouldBe("user: First?, assistant");
            (await ReadAsync(conversation, branch)).ShouldBe("user: First?, assistant, user: Second?, assistant");
        }

        (await ReadAsync(conversation, 0)).ShouldBe("user: First?, assistant, user: Second?, assistant, user: Third?, assistant");
        (await stage.Database.ScalarAsync<int>("select active_branch from conversations where id = $1", conversation)).ShouldBe(2);
        (await stage.Database.ScalarAsync<string>("select string_agg(concat_ws(' ', parent_number, reason), ', ' order by number) from conversation_branches where conversation_id = $1", conversation))
            .ShouldBe("0 regenerate, 0 regenerate");
    }

    [Fact]
    public async Task A_question_put_otherwise_is_asked_with_what_was_said_until_then()
    {
        await using var host = await stage.HostAsync(new FakeModel(FakeModel.Good(9.5)));
        var conversation = await stage.ConversationAsync();
        await host.AskAsync(stage.User, conversation, "First?");
        var asked = await host.AskAsync(stage.User, conversation, "Second?");

        var run = await host.Runs.ResendAsync(stage.User, conversation, asked.QuestionMessageId, "Otherwise?", null, CancellationToken.None);
        await host.WatchAsync(stage.User, run.Id);
        (await HistoryAsync(run.Id)).ShouldBe("user: First?, assistant");
        (await ReadAsync(conversation, 1)).ShouldBe("user: First?, assistant, user: Otherwise?, assistant");

        // What follows is asked on the new branch, and knows nothing of the abandoned one.
        var next = await host.AskAsync(stage.User, conversation, "Third?");
        next.Branch.ShouldBe(1);
        (await HistoryAsync(next.Id)).ShouldBe("user: First?, assistant, user: Otherwise?, assistant");
    }

    [Fact]
    public async Task An_answer_goes_to_its_questions_branch_whichever_is_active_by_then()
    {
        var conversation = await stage.ConversationAsync();
        Run run;
        await using (var idle = await RunHost.StartAsync(stage.Database, worker: false))
        {
            run = await idle.Runs.CreateAsync(stage.User, conversation, "Why?", null, CancellationToken.None);
            await stage.Database.Database.ExecuteAsync(stage.User, "select overmind.fork_branch($1, $2)", [conversation, run.QuestionMessageId], CancellationToken.None);
            await stage.Database.Database.ExecuteAsync(
                stage.User, "insert into messages (conversation_id, role, content) values ($1, 'user', 'elsewhere')", [conversation], CancellationToken.None);
        }

        await using var host = await stage.HostAsync(new FakeModel(FakeModel.Good(9.5)));
        await host.WatchAsync(stage.User, run.Id);
        (await ReadAsync(conversation, 0)).ShouldBe("user: Why?, assistant");
        (await ReadAsync(conversation, 1)).ShouldBe("user: Why?, user: elsewhere");
    }

    [Fact]
    public async Task Blocked_and_deleted_messages_are_no_part_of_a_history()
    {
        await using var host = await stage.HostAsync(new FakeModel(FakeModel.Good(9.5)));
        var conversation = await stage.ConversationAsync();
        foreach (var text in (string[])["kept", "blocked", "deleted", "pending"])
            await stage.Database.Database.ExecuteAsync(stage.User, "insert into messages (conversation_id, role, content) values ($1, 'user', $2)", [conversation, text], CancellationToken.None);
        await stage.Database.ExecuteAsync("update messages set moderation_status = content where conversation_id = $1 and content in ('blocked', 'pending')", conversation);
        await stage.Database.ExecuteAsync("update messages set deleted_at = now() where conversation_id = $1 and content = 'deleted'", conversation);

        var run = await host.AskAsync(stage.User, conversation, "Why?");

        (await HistoryAsync(run.Id)).ShouldBe("user: kept, user: pending");
        var blocked = await stage.Database.ScalarAsync<Guid>("select id from messages where conversation_id = $1 and content = 'blocked'", conversation);
        (await Should.ThrowAsync<OvermindException>(() => host.Runs.RegenerateAsync(stage.User, conversation, blocked, null, CancellationToken.None)))
            .Code.ShouldBe(ErrorCode.MessageBlocked);
    }

    [Fact]
    public async Task Another_answer_is_never_the_one_that_the_response_cache_has()
    {
        var model = new FakeModel(FakeModel.Good(9.5));
        await using var host = await stage.HostAsync(model);
        var options = new RunOptions { Cache = new CacheRequest { Mode = CacheMode.Exact, QualityTier = "regenerate" } };
        var conversation = await stage.ConversationAsync();
        var asked = await host.AskAsync(stage.User, conversation, "Why?", options);
        var calls = model.Calls.Count;

        var run = await host.Runs.RegenerateAsync(stage.User, conversation, asked.QuestionMessageId, options with { Id = Guid.CreateVersion7() }, CancellationToken.None);
        await host.WatchAsync(stage.User, run.Id);

        model.Calls.Count.ShouldBe(2 * calls);
        (await host.Runs.StepsAsync(stage.User, run.Id, CancellationToken.None)).ShouldAllBe(s => s.Cache == null);
    }

    [Fact]
    public async Task Where_there_is_nothing_to_answer_again_no_branch_is_made()
    {
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        var conversation = await stage.ConversationAsync();
        var run = await idle.Runs.CreateAsync(stage.User, conversation, "Why?", null, CancellationToken.None);
        (await RefusedAsync(() => idle.Runs.RegenerateAsync(stage.User, conversation, run.QuestionMessageId, null, CancellationToken.None))).ShouldBe(ErrorCode.RunInProgress);
        (await RefusedAsync(() => idle.Runs.ResendAsync(stage.User, conversation, run.QuestionMessageId, "Or?", null, CancellationToken.None))).ShouldBe(ErrorCode.RunInProgress);
        (await RefusedAsync(() => idle.Runs.ResendAsync(stage.User, conversation, run.QuestionMessageId, "", null, CancellationToken.None))).ShouldBe(ErrorCode.InvalidValue);
        await stage.EndAsync(idle, run);

        var system = Guid.CreateVersion7();
        await stage.Database.Database.ExecuteAsync(stage.User, "insert into messages (id, conversation_id, role, content) values ($1, $2, 'system', 'Be brief.')", [system, conversation], CancellationToken.None);
        (await RefusedAsync(() => idle.Runs.RegenerateAsync(stage.User, conversation, system, null, CancellationToken.None))).ShouldBe(ErrorCode.InvalidValue);
        (await RefusedAsync(() => idle.Runs.ResendAsync(stage.User, conversation, system, "Or?", null, CancellationToken.None))).ShouldBe(ErrorCode.InvalidValue);
        (await RefusedAsync(() => idle.Runs.RegenerateAsync(stage.User, conversation, Guid.CreateVersion7(), null, CancellationToken.None))).ShouldBe(ErrorCode.MessageNotFound);
        (await stage.Database.ScalarAsync<long>("select count(*) from conversation_branches where conversation_id = $1", conversation)).ShouldBe(0);
        (await stage.Database.ScalarAsync<int>("select active_branch from conversations where id = $1", conversation)).ShouldBe(0);
    }

    static async Task<ErrorCode> RefusedAsync(Func<Task> act) => (await Should.ThrowAsync<OvermindException>(act)).Code;

    Task<string> HistoryAsync(Guid run) => stage.Database.ScalarAsync<string>(
        """
        select string_agg(case h.value ->> 'role' when 'assistant' then 'assistant' else concat(h.value ->> 'role', ': ', h.value ->> 'content') end, ', ' order by h.ordinality)
        from workflow_runs, jsonb_array_elements(snapshot -> 'history') with ordinality as h
        where id = $1
        """,
        run);

    async Task<string> ReadAsync(Guid conversation, int branch)
    {
        await using var host = await RunHost.StartAsync(stage.Database, worker: false);
        var conversations = (ConversationService)host.Services.GetService(typeof(ConversationService))!;
        var page = await conversations.ListMessagesAsync(stage.User, conversation, branch, new PageRequest { Order = PageOrder.Asc }, CancellationToken.None);
        return string.Join(", ", page.Items.Select(m => m.Role is MessageRole.Assistant ? "assistant" : $"{LowerSnake.Write(m.Role)}: {m.Content}"));
    }
}
