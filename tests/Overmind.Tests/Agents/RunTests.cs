using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Overmind.Agents;
using Overmind.Models;

namespace Overmind.Tests.Agents;

public class RunTests(RunStage stage) : IClassFixture<RunStage>
{
    static readonly string[] Agents = ["creative", "structural", "alignment", "decision", "recovery", "boundary"];

    [Fact]
    public async Task A_good_answer_ends_the_run_in_one_iteration_and_is_written_with_all_that_made_it()
    {
        var (run, events) = await stage.AskAsync(new FakeModel(FakeModel.Good(9.5)), time: new FakeTimeProvider(TimeProvider.System.GetUtcNow()));

        run.Status.ShouldBe(RunStatus.Succeeded);
        run.TerminationReason.ShouldBe(TerminationReason.Threshold);
        (run.N2Iterations, run.BestIteration, run.BestScore, run.Answer).ShouldBe((1, 1, 9.5, "answer 1"));
        (run.TokensInput, run.TokensOutput, run.CostUsd).ShouldBe((1000, 200, 0));
        run.StartedAt.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(run.CreatedAt);
        run.LatencyMs.ShouldBe((long)(run.CompletedAt!.Value - run.CreatedAt).TotalMilliseconds);
        (await Text("select role || ':' || content from messages where id = $1", run.QuestionMessageId)).ShouldBe("user:Why is the sky blue?");
        (await Text(
            """
            select concat_ws('|', role, content, model_used, quality_score, n2_iterations, tokens_used, parent_message_id = $2, run_id = $3)
            from messages where id = $1
            """,
            run.AnswerMessageId!, run.QuestionMessageId, run.Id)).ShouldBe("assistant|answer 1|offline/offline|9.5|1|1200|t|t");
        (await Text("select string_agg(step_key || ' ' || status || ' ' || attempt, ', ' order by started_at, id) from run_steps where run_id = $1", run.Id))
            .ShouldBe(string.Join(", ", [.. Agents.Select(a => $"1/agent:{a} succeeded 1"), "1/observe succeeded 1", "1/distil succeeded 1", "1/assemble succeeded 1", "1/inspect succeeded 1"]));
        (await Text("select concat_ws('|', iteration, quality_score, score_rationale, triggered_n2, observation, distillation, final_output, message_id = $2) from synthesis_events where run_id = $1", run.Id, run.QuestionMessageId))
            .ShouldBe("""1|9.5|because 1|f|observation 1|{"core_insights": ["insight 1"]}|answer 1|t""");
        events.Select(e => e.SequenceNumber).ShouldBe(Enumerable.Range(0, 25).Select(n => (long)n));
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task The_answers_metadata_has_agents_synthesis_and_history()
    {
        var (run, _) = await stage.AskAsync(new FakeModel(FakeModel.Good(6, 9.2)));

        var metadata = JsonDocument.Parse(await Text("select metadata::text from messages where id = $1", run.AnswerMessageId!)).RootElement;
        var contribution = metadata.GetProperty("agent_contributions").EnumerateArray().First();
        contribution.GetProperty("agent_id").GetString().ShouldBe("creative");
        contribution.GetProperty("agent_role").GetString().ShouldBe("Creative Clarity");
        contribution.GetProperty("output").GetString().ShouldBe("1. creative\n2. of 2\n3. three\n4. four");
        contribution.GetProperty("tokens_used").GetInt32().ShouldBe(120);
        contribution.GetProperty("latency_ms").ValueKind.ShouldBe(JsonValueKind.Number);
        metadata.GetProperty("synthesis_details").GetProperty("quality_score").GetDouble().ShouldBe(9.2);
        metadata.GetProperty("n2_history").GetRawText().ReplaceLineEndings("").ShouldBe(
            """[{"score": 6, "iteration": 1, "repair_directive": "repair 1"}, {"score": 9.2, "accepted": true, "iteration": 2}]""");
        metadata.GetProperty("offline").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Events_tell_the_run_from_its_question_to_its_answer()
    {
        var (run, events) = await stage.AskAsync(new FakeModel(FakeModel.Good(6, 9.2)));

        events[0].Type.ShouldBe("run.created");
        events[0].Data.GetProperty("run").GetProperty("status").GetString().ShouldBe("queued");
        events[1].Data.GetRawText().ShouldBe("""{"attempt": 1, "resumed": false}""");
        var iterations = events.Where(e => e.Type == "iteration.started").Select(e => e.Data.GetProperty("repair_directive").GetString());
        iterations.ShouldBe([null, "repair 1"]);
        var completed = events.Single(e => e.Type == "step.completed" && e.Data.GetProperty("step_key").GetString() == "2/assemble").Data;
        completed.GetProperty("output").GetString().ShouldBe("answer 2");
        completed.GetProperty("cost_usd").GetString().ShouldBe("0");
        completed.GetProperty("tokens_input").GetInt32().ShouldBe(100);
        var first = events.First(e => e.Type == "iteration.completed").Data;
        (first.GetProperty("score").GetDouble(), first.GetProperty("rationale").GetString(), first.GetProperty("repair_directive").GetString(), first.GetProperty("best_iteration").GetInt32())
            .ShouldBe((6, "because 1", "repair 1", 1));
        events[^1].Type.ShouldBe("run.succeeded");
        (JsonSerializer.Deserialize<Run>(events[^1].Data.GetProperty("run").GetRawText(), RunJson.Options)! with { Approvals = run.Approvals }).ShouldBe(run);
    }

    [Fact]
    public async Task Agents_of_the_next_iteration_see_the_directive_and_every_answer()
    {
        var model = new FakeModel(FakeModel.Good(6, 9.2));
        await stage.AskAsync(model);

        foreach (var call in model.Calls.Where(c => Agents.Contains(c.Part) && c.Number == 2))
        {
            call.Prompt.ShouldContain("repair 1");
            foreach (var agent in Agents) call.Prompt.ShouldContain($"1. {agent}\n2. of 1");
        }
    }

    [Fact]
    public async Task Sequential_agents_see_the_answers_before_theirs()
    {
        await stage.Database.ExecuteAsync(
            """
            insert into workflows (organization_id, key, name, execution_mode) values ($1, 'in-turn', 'In turn', 'sequential')
            """, stage.Tenant.OrganizationId);
        await stage.Database.ExecuteAsync(
            """
            insert into workflow_agents (organization_id, workflow_id, agent_id, position)
            select a.organization_id, w.id, a.id, case a.key when 'recovery' then 1 when 'creative' then 2 else 3 end
            from agent_configurations a join workflows w using (organization_id)
            where w.key = 'in-turn' and a.key in ('recovery', 'creative', 'decision')
            """);
        var model = new FakeModel(FakeModel.Good(9.5));

        var (run, _) = await stage.AskAsync(model, new RunOptions { Workflow = "in-turn" });

        run.Workflow.Key.ShouldBe("in-turn");
        model.Calls.Select(c => c.Part).ShouldBe(["recovery", "creative", "decision", "observe", "distil", "assemble", "inspect"]);
        var calls = model.Calls.ToDictionary(c => c.Part, c => c.Prompt);
        calls["recovery"].ShouldNotContain("2. of 1");
        calls["creative"].ShouldContain("1. recovery");
        calls["decision"].ShouldContain("1. recovery");
        calls["decision"].ShouldContain("1. creative");
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_second_question_knows_the_first_and_its_answer()
    {
        var model = new FakeModel(FakeModel.Good(9.5));
        var conversation = await stage.ConversationAsync();
        await stage.AskAsync(model, conversation: conversation);
        model.Calls.Clear();

        await stage.AskAsync(model, conversation: conversation);

        model.Calls.ShouldAllBe(c => c.Part == "inspect" || c.Prompt.Contains("answer 1"));
        (await Text("select string_agg(seq || ' ' || role, ', ' order by seq) from messages where conversation_id = $1", conversation))
            .ShouldBe("1 user, 2 assistant, 3 user, 4 assistant");
        (await Text("select title || message_count from conversations where id = $1", conversation)).ShouldBe("Why is the sky blue?4");
    }

    [Fact]
    public async Task Models_without_a_known_price_leave_the_cost_unknown()
    {
        var (run, events) = await stage.AskAsync(new FakeModel(FakeModel.Good(9.5)), RunStage.Unpriced());

        run.CostUsd.ShouldBeNull();
        run.IsOffline.ShouldBeFalse();
        events.Last(e => e.Type == "step.completed").Data.GetProperty("cost_usd").ValueKind.ShouldBe(JsonValueKind.Null);
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task Tokens_that_nobody_counted_are_estimated_and_marked()
    {
        var (run, _) = await stage.AskAsync(new FakeModel(FakeModel.Good(9.5)) { Usage = null });

        run.TokensInput.ShouldBeGreaterThan(1000);
        (await Text("select bool_and(is_estimated)::text from token_usage where run_id = $1", run.Id)).ShouldBe("true");
        (await Text("select bool_and(is_estimated)::text from run_steps where run_id = $1", run.Id)).ShouldBe("true");
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task What_PostgreSQL_cannot_store_is_replaced_in_answers()
    {
        var good = FakeModel.Good(5, 9.5);
        var (run, _) = await stage.AskAsync(new FakeModel(call => call.Part switch
        {
            "assemble" => "nul \0, half \uD83D pair, whole 😀",
            "distil" => """{"core_insights": ["an escaped \u0000 and a backslash \\u0000", "half \ud83d"]}""",
            "inspect" => $$"""{"score": {{(call.Number == 1 ? 5 : 9.5)}}, "rationale": "nul \u0000", "repair_directive": "repair \u0000"}""",
            _ => good(call),
        }));

        run.Status.ShouldBe(RunStatus.Succeeded);
        run.Answer.ShouldBe("nul \uFFFD, half \uFFFD pair, whole 😀");
        (await Text("select string_agg(score_rationale || coalesce(repair_directive, ''), '|' order by iteration) from synthesis_events where run_id = $1", run.Id))
            .ShouldBe("nul \uFFFDrepair \uFFFD|nul \uFFFD");
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task Each_run_counts_for_its_workflow_and_agents()
    {
        const string Counts = "select (select sum(usage_count) from agent_configurations) || ' ' || (select usage_count from workflows where key = 'general-problem-solving')";
        await stage.Database.CountRunUsesAsync();
        await stage.Database.ExecuteAsync("update agent_configurations set usage_count = 0");
        await stage.Database.ExecuteAsync("update workflows set usage_count = 0");

        await stage.AskAsync(new FakeModel(FakeModel.Good(9.5)));
        await stage.AskAsync(new FakeModel(FakeModel.Good(9.5)));

        await stage.Database.CountRunUsesAsync();
        (await Text(Counts)).ShouldBe("12 2");

        await stage.Database.ExecuteAsync("""update organizations set settings = settings || '{"enable_analytics": false}'""");
        await stage.AskAsync(new FakeModel(FakeModel.Good(9.5)));
        await stage.Database.ExecuteAsync("""update organizations set settings = settings || '{"enable_analytics": "no"}'""");
        await stage.AskAsync(new FakeModel(FakeModel.Good(9.5)));

        await stage.Database.CountRunUsesAsync();
        (await Text(Counts)).ShouldBe("18 3", "one that wants no analytics is not counted, and a text says nothing");
        await stage.Database.ExecuteAsync("update organizations set settings = settings - 'enable_analytics'");
    }

    [Fact]
    public async Task A_run_of_the_offline_model_reaches_an_end_and_says_that_it_is_offline()
    {
        await using var host = await RunHost.StartAsync(stage.Database);

        var run = await host.AskAsync(stage.User, await stage.ConversationAsync(), "How does a lighthouse warn ships in fog?");

        run.Status.ShouldBe(RunStatus.Succeeded);
        run.IsOffline.ShouldBeTrue();
        run.Answer.ShouldNotBeNull().ShouldContain("Offline model");
        await stage.ShouldAddUpAsync(run.Id);
    }

    Task<string> Text(string sql, params object[] parameters) => stage.Database.ScalarAsync<string>(sql, parameters);
}
