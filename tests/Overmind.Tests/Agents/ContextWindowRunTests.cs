using Microsoft.Extensions.DependencyInjection;
using Overmind.Agents;
using Overmind.Conversations;
using Overmind.Errors;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Agents;

public class ContextWindowRunTests(RunStage stage) : IClassFixture<RunStage>
{
    const string Long = "A long message that says a good deal about larch, oak, the keel, the mast and the sails of a boat that is built by the lake.";

    [Fact]
    public async Task A_run_reads_the_window_of_its_branch()
    {
        await using var host = await stage.HostAsync(new FakeModel(FakeModel.Good(9.5)));
        var conversation = await stage.ConversationAsync(values: "max_context_tokens = 100, prune_margin_ratio = 1");
        for (var i = 0; i < 4; i++)
            await AddAsync(conversation, $"Message {i}", 20, pinned: i == 0);
        await DoAsync("select prune_conversation($1, 60)", conversation);

        var run = await host.AskAsync(stage.User, conversation, "And now?");
        (await SnapshotAsync(run.Id)).ShouldBe("Message 0, Message 2, Message 3 false");
    }

    [Fact]
    public async Task What_does_not_fit_is_left_out_for_that_run_alone_and_marked()
    {
        await using var host = await stage.HostAsync(new FakeModel(FakeModel.Good(9.5)));
        var conversation = await stage.ConversationAsync(values: "max_context_tokens = 50, prune_margin_ratio = 1");
        for (var i = 0; i < 4; i++)
            await AddAsync(conversation, $"Message {i}", 20);

        var run = await host.AskAsync(stage.User, conversation, "And now?");
        (await SnapshotAsync(run.Id)).ShouldBe("Message 2, Message 3 true");
        (await stage.Database.ScalarAsync<long>("select count(*) from context_windows where conversation_id = $1", conversation)).ShouldBe(0);
    }

    [Fact]
    public async Task A_summary_takes_the_place_of_what_it_is_of_and_goes_into_the_prompt_as_one()
    {
        var model = new FakeModel(call => call.Part == "summarize" ? "They build a boat of larch." : FakeModel.Good(9.5)(call));
        await using var host = await stage.HostAsync(model);
        var conversation = await stage.ConversationAsync(values: "prune_strategy = 'summarize', max_context_tokens = 1000");
        for (var i = 0; i < 5; i++)
            await AddAsync(conversation, $"{i}: {Long}", 100, pinned: i == 1);
        await DoAsync("select prune_conversation($1, 300)", conversation);
        await JobAsync(conversation);

        (await stage.Database.ScalarAsync<string>(
            "select concat_ws(' ', summary, summary_from_seq, summary_until_seq, after_seq, summary_model) from context_windows where conversation_id = $1", conversation))
            .ShouldBe("They build a boat of larch. 1 4 4 offline/offline");
        var asked = model.Calls.Single(c => c.Part == "summarize");
        asked.Prompt.ShouldContain($"0: {Long}");
        asked.Prompt.ShouldNotContain($"1: {Long}");
        asked.Prompt.ShouldNotContain($"4: {Long}");
        (await stage.Database.ScalarAsync<string>("select string_agg(distinct status || ' ' || outcome, ', ') from token_usage where metadata ? 'summary'")).ShouldBe("settled succeeded");

        var window = await host.Services.GetRequiredService<ContextWindowService>().GetAsync(stage.User, conversation, null, 10, CancellationToken.None);
        window.Messages.Select(m => m.Seq).ShouldBe([2, 5]);
        (window.PinnedTokens, window.MessageTokens, window.Summary!.Text).ShouldBe((100, 100, "They build a boat of larch."));
        window.TotalTokens.ShouldBe(await stage.Database.ScalarAsync<long>("select rolling_tokens from conversations where id = $1", conversation));

        await host.AskAsync(stage.User, conversation, "And now?");
        model.Calls.Last(c => c.Part == "observe").Prompt.ShouldContain("<earlier_messages by=\"summary\">\nThey build a boat of larch.\n</earlier_messages>");
    }

    [Fact]
    public async Task What_the_models_of_an_answer_were_given_is_opened_from_the_answer()
    {
        await using var host = await stage.HostAsync(new FakeModel(FakeModel.Good(9.5)));
        var conversation = await stage.ConversationAsync(values: "max_context_tokens = 100, prune_margin_ratio = 1");
        await DoAsync("insert into messages (conversation_id, role, content, window_tokens) values ($1, 'system', 'Be brief.', 5)", conversation);
        for (var i = 0; i < 4; i++)
            await AddAsync(conversation, $"Message {i}", 20, pinned: i == 0);
        await DoAsync("select prune_conversation($1, 65)", conversation);
        var run = await host.AskAsync(stage.User, conversation, "And now, what do we do?");

        var snapshots = host.Services.GetRequiredService<ContextSnapshotService>();
        var context = await snapshots.GetAsync(stage.User, conversation, run.AnswerMessageId!.Value, CancellationToken.None);
        context.Segments.Select(s => $"{s.Name} {s.Tokens} {string.Join('/', s.Messages.Select(m => m.Content))}")
            .ShouldBe(["system 5 Be brief.", "pinned 20 Message 0", "messages 40 Message 2/Message 3", "question 6 And now, what do we do?"]);
        (context.TotalTokens, context.SegmentCount, context.OptimizationCount).ShouldBe((71, 4, 1));
        context.CompressionRatio.ShouldBe(71.0 / 91, 0.001);

        // As it was sent, whatever becomes of the message.
        await DoAsync("update messages set content = 'Otherwise' where conversation_id = $1 and seq = 4", conversation);
        context = await snapshots.GetAsync(stage.User, conversation, run.AnswerMessageId!.Value, CancellationToken.None);
        context.Segments[2].Messages[0].Content.ShouldBe("Message 2");
        (await Should.ThrowAsync<OvermindException>(snapshots.GetAsync(stage.User, conversation, run.QuestionMessageId, CancellationToken.None)))
            .Code.ShouldBe(ErrorCode.ContextSnapshotNotFound);
        (await Should.ThrowAsync<OvermindException>(snapshots.GetAsync(stage.User, conversation, Guid.CreateVersion7(), CancellationToken.None)))
            .Code.ShouldBe(ErrorCode.MessageNotFound);
    }

    [Fact]
    public async Task When_summarizing_fails_the_window_is_as_before()
    {
        await using var host = await stage.HostAsync(new FakeModel(_ => ""));
        var conversation = await stage.ConversationAsync(values: "prune_strategy = 'summarize', max_context_tokens = 1000");
        for (var i = 0; i < 5; i++)
            await AddAsync(conversation, Long, 100);
        await DoAsync("select prune_conversation($1, 300)", conversation);
        await JobAsync(conversation, "failed");
        (await stage.Database.ScalarAsync<long>("select count(*) from context_windows where conversation_id = $1", conversation)).ShouldBe(0);
        (await stage.Database.ScalarAsync<long>("select rolling_tokens from conversations where id = $1", conversation)).ShouldBe(500);
    }

    [Fact]
    public async Task What_was_edited_while_it_was_summarized_is_not_replaced()
    {
        Guid conversation = default;
        var model = new FakeModel(call =>
        {
            stage.Database.ExecuteAsync("update messages set content = 'It is oak.' where conversation_id = $1 and seq = 1", conversation).GetAwaiter().GetResult();
            return "They build a boat of larch.";
        });
        await using var host = await stage.HostAsync(model);
        conversation = await stage.ConversationAsync(values: "prune_strategy = 'summarize', max_context_tokens = 1000");
        for (var i = 0; i < 5; i++)
            await AddAsync(conversation, Long, 100);
        await DoAsync("select prune_conversation($1, 300)", conversation);
        await JobAsync(conversation);
        (await stage.Database.ScalarAsync<long>("select count(*) from context_windows where conversation_id = $1", conversation)).ShouldBe(0);
    }

    [Fact]
    public async Task The_offline_model_sums_up_by_extraction_and_says_so()
    {
        await using var host = await RunHost.StartAsync(stage.Database);
        var conversation = await stage.ConversationAsync(values: "prune_strategy = 'hybrid', max_context_tokens = 400, auto_prune = true");
        for (var i = 0; i < 12; i++)
            await AddAsync(conversation, $"{Long} Does part {i} fit? {Long}", null);
        await JobAsync(conversation);
        var summary = await stage.Database.ScalarAsync<string>("select summary from context_windows where conversation_id = $1", conversation);
        summary.ShouldStartWith("Offline, by extraction:");
        summary.ShouldContain("Does part");
    }

    async Task AddAsync(Guid conversation, string content, int? windowTokens, bool pinned = false) =>
        await DoAsync(
            "insert into messages (conversation_id, role, content, window_tokens, pinned) values ($1, 'user', $2, $3, $4)", conversation, content,
            Parameter.Integer(windowTokens), pinned);

    Task<int> DoAsync(string sql, params object?[] parameters) => stage.Database.Database.ExecuteAsync(stage.User, sql, parameters, CancellationToken.None);

    async Task JobAsync(Guid conversation, string status = "completed")
    {
        const string mine = "from jobs where kind = 'conversation.summarize' and payload ->> 'conversation_id' = $1::uuid::text";
        await Poll.UntilAsync(async () => await stage.Database.ScalarAsync<long>($"select count(*) {mine} and status in ('completed', 'failed')", conversation) > 0);
        (await stage.Database.ScalarAsync<string>($"select string_agg(distinct status || case when status <> $2 then coalesce(' ' || last_error, '') else '' end, ', ') {mine}", conversation, status)).ShouldBe(status);
    }

    Task<string> SnapshotAsync(Guid run) => stage.Database.ScalarAsync<string>(
        """
        select (select string_agg(h ->> 'content', ', ' order by place) from jsonb_array_elements(snapshot -> 'history') with ordinality as x (h, place))
            || ' ' || (snapshot ->> 'history_is_cut')
        from workflow_runs
        where id = $1
        """, run);
}
