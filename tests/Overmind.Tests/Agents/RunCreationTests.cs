using Overmind.Agents;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Testing;

namespace Overmind.Tests.Agents;

public class RunCreationTests(RunStage stage) : IClassFixture<RunStage>
{
    [Fact]
    public async Task A_conversation_has_one_active_run()
    {
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        var conversation = await stage.ConversationAsync();
        await CreateAsync(idle, conversation);

        (await Should.ThrowAsync<OvermindException>(() => CreateAsync(idle, conversation))).Code.ShouldBe(ErrorCode.RunInProgress);

        (await stage.Database.ScalarAsync<int>("select message_count from conversations where id = $1", conversation)).ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_questions_at_once_one_is_taken()
    {
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        var conversation = await stage.ConversationAsync();

        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                await CreateAsync(idle, conversation);
                return "taken";
            }
            catch (OvermindException e)
            {
                return ErrorCatalogue.Word(e.Code);
            }
        }));

        asked.Order().ShouldBe([.. Enumerable.Repeat("run_in_progress", 7), "taken"]);
    }

    [Fact]
    public async Task Unknown_deleted_and_other_peoples_conversations_are_the_same_404()
    {
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        var stranger = await TestTenant.CreateAsync(stage.Database, "stranger");
        var deleted = await stage.ConversationAsync(values: "status = 'deleted', deleted_at = now()");
        var privately = await stage.ConversationAsync(stage.Tenant.OtherUser);
        var elsewhere = await stage.ConversationAsync(stranger.User);

        foreach (var id in new[] { Guid.CreateVersion7(), deleted, privately, elsewhere })
        {
            var error = await Should.ThrowAsync<OvermindException>(() => CreateAsync(idle, id));
            (error.Code, error.Message).ShouldBe((ErrorCode.ConversationNotFound, $"There is no conversation {id}."));
        }
    }

    [Fact]
    public async Task What_is_wrong_with_a_question_is_said_before_anything_is_written()
    {
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        var conversation = await stage.ConversationAsync();
        async Task<(ErrorCode, string?)> Refused(string question, RunOptions? options = null)
        {
            var error = await Should.ThrowAsync<OvermindException>(() => idle.Runs.CreateAsync(stage.User, conversation, question, options, CancellationToken.None));
            return (error.Code, error.Param);
        }

        (await Refused("")).ShouldBe((ErrorCode.InvalidValue, "question"));
        (await Refused(new string('x', 1024 * 1024 + 1))).ShouldBe((ErrorCode.MessageTooLarge, "question"));
        (await Refused("nul \0")).ShouldBe((ErrorCode.InvalidText, "question"));
        (await Refused("half \uD800 pair")).ShouldBe((ErrorCode.InvalidText, "question"));
        (await Refused("?", new() { Workflow = "no-such-workflow" })).ShouldBe((ErrorCode.WorkflowNotFound, "workflow"));
        (await Refused("?", new() { QualityThreshold = 11 })).ShouldBe((ErrorCode.InvalidValue, "quality_threshold"));
        (await Refused("?", new() { QualityThreshold = double.NaN })).ShouldBe((ErrorCode.InvalidValue, "quality_threshold"));
        (await Refused("?", new() { MaxN2Iterations = 0 })).ShouldBe((ErrorCode.InvalidValue, "max_n2_iterations"));
        (await Refused("?", new() { CostCapUsd = 0 })).ShouldBe((ErrorCode.InvalidValue, "cost_cap_usd"));
        (await Refused("?", new() { DeadlineSeconds = 0 })).ShouldBe((ErrorCode.InvalidValue, "deadline_seconds"));
        (await Refused("?", new() { JudgeModel = new("openai", "gpt-4-turbo") })).ShouldBe((ErrorCode.ModelUnavailable, "models.judge"));

        (await stage.Database.ScalarAsync<long>("select count(*) from messages where conversation_id = $1", conversation)).ShouldBe(0);
    }

    [Fact]
    public async Task A_cost_cap_needs_models_whose_price_is_known()
    {
        await using var idle = await RunHost.StartAsync(stage.Database, new FakeModel(FakeModel.Good(9)).Models, worker: false);
        var conversation = await stage.ConversationAsync();

        var error = await Should.ThrowAsync<OvermindException>(
            () => CreateAsync(idle, conversation, new() { CostCapUsd = 1, SynthesisModel = FakeModel.Unpriced }));

        error.Code.ShouldBe(ErrorCode.CostCapUnpriced);
        (await CreateAsync(idle, conversation, new() { CostCapUsd = 1 })).CostCapUsd.ShouldBe(1);
    }

    [Fact]
    public async Task A_viewer_starts_no_run()
    {
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        var conversation = await stage.ConversationAsync(values: "visibility = 'organization'");

        var error = await Should.ThrowAsync<OvermindException>(
            () => idle.Runs.CreateAsync(stage.Tenant.Viewer, conversation, "?", null, CancellationToken.None));

        error.Code.ShouldBe(ErrorCode.Forbidden);
    }

    [Fact]
    public async Task A_member_asks_in_a_conversation_of_the_organization_and_the_run_is_its_owners()
    {
        await using var host = await stage.HostAsync(new FakeModel(FakeModel.Good(9.5)));
        var conversation = await stage.ConversationAsync(values: "visibility = 'organization'");

        var run = await host.AskAsync(stage.Tenant.OtherUser, conversation, "Why?");

        run.Status.ShouldBe(RunStatus.Succeeded);
        (await stage.Database.ScalarAsync<Guid>("select user_id from workflow_runs where id = $1", run.Id)).ShouldBe(stage.User.UserId!.Value);
        (await stage.Database.ScalarAsync<Guid>("select sender_user_id from messages where id = $1", run.QuestionMessageId)).ShouldBe(stage.Tenant.OtherUser.UserId!.Value);
        (await stage.Database.ScalarAsync<bool>("select bool_and(user_id = $2) from run_steps where run_id = $1", run.Id, stage.User.UserId!.Value)).ShouldBeTrue();
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_value_is_the_runs_else_the_conversations_else_the_workflows_else_the_organizations_else_the_installations()
    {
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        async Task<(double, int)> Effective(string conversationValues = "", RunOptions? options = null)
        {
            var run = await CreateAsync(idle, await stage.ConversationAsync(values: conversationValues), options);
            return (run.QualityThreshold, run.MaxN2Iterations);
        }

        (await Effective()).ShouldBe((9.0, 4));
        try
        {
            await stage.Database.ExecuteAsync("""update organizations set settings = '{"quality_threshold": 8.1, "max_n2_iterations": "many"}' where slug = 'acme'""");
            (await Effective()).ShouldBe((8.1, 4));
            await stage.Database.ExecuteAsync("update workflows set quality_threshold = 8.2, max_n2_iterations = 6");
            (await Effective()).ShouldBe((8.2, 6));
            (await Effective("quality_threshold = 8.3")).ShouldBe((8.3, 6));
            (await Effective("quality_threshold = 8.3, max_n2_iterations = 7", new() { QualityThreshold = 8.4 })).ShouldBe((8.4, 7));
        }
        finally
        {
            await stage.Database.ExecuteAsync("update organizations set settings = '{}'");
            await stage.Database.ExecuteAsync("update workflows set quality_threshold = null, max_n2_iterations = null");
        }
    }

    [Fact]
    public async Task Models_are_resolved_part_by_part()
    {
        await using var idle = await RunHost.StartAsync(stage.Database, new FakeModel(FakeModel.Good(9)).Models, worker: false);
        async Task<string> Effective(string conversationValues = "", RunOptions? options = null)
        {
            var run = await CreateAsync(idle, await stage.ConversationAsync(values: conversationValues), options);
            return await stage.Database.ScalarAsync<string>(
                """
                select string_agg(distinct concat(a -> 'model' ->> 'provider', '/', a -> 'model' ->> 'model'), ',')
                    || ' ' || concat(snapshot -> 'synthesis_model' ->> 'model') || ' ' || concat(snapshot -> 'judge_model' ->> 'model')
                from workflow_runs, jsonb_array_elements(snapshot -> 'agents') a
                where id = $1
                group by snapshot
                """, run.Id);
        }

        (await Effective()).ShouldBe("offline/offline offline offline");
        (await Effective("model_provider = 'openai', model_name = 'gpt'")).ShouldBe("openai/gpt gpt gpt");
        (await Effective("model_provider = 'openai', model_name = 'gpt'", new() { AgentModel = FakeModel.Unpriced, JudgeModel = new("offline", "judge") }))
            .ShouldBe("unpriced/model gpt judge");
        await stage.Database.ExecuteAsync("update workflows set judge_provider = 'offline', judge_model = 'strict'");
        (await Effective("model_provider = 'openai', model_name = 'gpt'")).ShouldBe("openai/gpt gpt strict");
        await stage.Database.ExecuteAsync("update workflows set judge_provider = null, judge_model = null");
    }

    [Fact]
    public async Task A_run_keeps_what_it_started_with_whatever_is_edited_meanwhile()
    {
        await using (var idle = await RunHost.StartAsync(stage.Database, worker: false))
        {
            var run = await CreateAsync(idle, await stage.ConversationAsync());
            var model = new FakeModel(FakeModel.Good(9.5));
            await stage.Database.ExecuteAsync("update agent_configurations set goal = 'Edited', is_active = key <> 'creative'");
            await using var host = await stage.HostAsync(model);

            await host.WatchAsync(stage.User, run.Id);

            model.Calls.Select(c => c.Part).ShouldContain("creative");
            model.Calls.ShouldAllBe(c => !c.Prompt.Contains("Edited"));
        }

        await stage.Database.ExecuteAsync("update agent_configurations set is_active = true");
    }

    [Fact]
    public async Task Runs_are_listed_newest_first_in_pages()
    {
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        var tenant = await TestTenant.CreateAsync(stage.Database, $"lists-{Guid.CreateVersion7():n}"[..30]);
        var runs = new List<Run>();
        for (var i = 0; i < 5; i++)
            runs.Add(await idle.Runs.CreateAsync(tenant.User, await stage.ConversationAsync(tenant.User), $"{i}?", null, CancellationToken.None));
        var newestFirst = runs.OrderByDescending(r => r.Id).ToList();

        var first = await idle.Runs.ListAsync(tenant.User, null, null, new PageRequest { Limit = 3 }, CancellationToken.None);
        var second = await idle.Runs.ListAsync(tenant.User, null, null, new PageRequest { Limit = 3, After = first.Items[^1].Id }, CancellationToken.None);
        var one = await idle.Runs.ListAsync(tenant.User, runs[2].ConversationId, RunStatus.Queued, PageRequest.First, CancellationToken.None);

        (first.Items.Concat(second.Items)).ShouldBe(newestFirst);
        (first.HasMore, second.HasMore).ShouldBe((true, false));
        one.Items.ShouldBe([runs[2]]);
        (await idle.Runs.ListAsync(tenant.User, null, RunStatus.Failed, PageRequest.First, CancellationToken.None)).Items.ShouldBeEmpty();
        (await idle.Runs.ListAsync(stage.User, null, null, PageRequest.First, CancellationToken.None)).Items.ShouldNotContain(r => r.Id == runs[0].Id);
    }

    Task<Run> CreateAsync(RunHost host, Guid conversation, RunOptions? options = null) =>
        host.Runs.CreateAsync(stage.User, conversation, "Why is the sky blue?", options, CancellationToken.None);
}
