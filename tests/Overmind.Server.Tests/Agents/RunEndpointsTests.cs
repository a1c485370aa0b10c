using System.Text.Json;

namespace Overmind.Server.Tests.Agents;

public class RunEndpointsTests(ApiServers servers)
{
    readonly Api api = servers.Fast.User;

    [Fact]
    public async Task A_question_is_taken_at_once_and_answered_in_the_conversation()
    {
        var conversation = await api.NewConversationAsync();
        var asked = (await api.PostAsync($"/v1/conversations/{conversation}/runs", """{"question":"How is a boat varnished?"}""")).Expect(202);
        var queued = asked.Json.ShouldBeA("run");
        asked.Header("Location").ShouldBe($"/v1/runs/{asked.Id}");
        queued.Text("status").ShouldBe("queued");
        queued.GetProperty("answer").ValueKind.ShouldBe(JsonValueKind.Null);
        queued.GetProperty("workflow").Text("key").ShouldBe("general-problem-solving");
        Shapes.Members(queued.GetProperty("workflow")).ShouldBe(["id", "key", "version", "name"]);

        await api.GetAsync($"/v1/runs/{asked.Id}/events");
        var run = (await api.GetAsync($"/v1/runs/{asked.Id}")).Expect(200).Json.ShouldBeA("run");
        run.Text("status").ShouldBe("succeeded");
        run.Text("termination_reason").ShouldBeOneOf("threshold", "max_iterations", "plateau");
        run.GetProperty("is_offline").GetBoolean().ShouldBeTrue();
        run.GetProperty("best_score").GetDouble().ShouldBeInRange(0, 10);
        run.GetProperty("tokens_output").GetInt64().ShouldBePositive();
        decimal.Parse(run.Text("cost_usd")!).ShouldBe(0);
        run.GetProperty("latency_ms").GetInt64().ShouldBePositive();
        run.GetProperty("completed_at").GetDateTimeOffset().ShouldBeGreaterThan(run.GetProperty("created_at").GetDateTimeOffset());

        var messages = (await api.GetAsync($"/v1/conversations/{conversation}/messages?order=asc")).ShouldBeAListOf("message");
        messages.Select(m => m.Text("role")).ShouldBe(["user", "assistant"]);
        messages[0].Text("id").ShouldBe(run.Text("question_message_id"));
        messages[1].Text("id").ShouldBe(run.Text("answer_message_id"));
        messages[1].Text("content").ShouldBe(run.Text("answer"));
        messages[1].Text("run_id").ShouldBe(run.Text("id"));
        (await api.GetAsync($"/v1/conversations/{conversation}")).Json.Text("title").ShouldNotBeNull().ShouldStartWith("How is a boat varnished");
    }

    [Fact]
    public async Task The_steps_of_a_run_are_its_calls_in_the_order_they_began()
    {
        var run = await api.EndedRunAsync();
        var steps = (await api.GetAsync($"/v1/runs/{run.Text("id")}/steps")).ShouldBeAListOf("run.step");
        steps.Select(s => s.Text("phase")).ShouldBe([.. Enumerable.Repeat("agent", 6), "observe", "distil", "assemble", "inspect"]);
        steps.ShouldAllBe(s => s.Text("status") == "succeeded" && s.Text("run_id") == run.Text("id") && s.Text("model") == "offline");
        Shapes.Members(steps[0].GetProperty("agent")).ShouldBe(["id", "key", "name"]);
        steps[9].GetProperty("agent").ValueKind.ShouldBe(JsonValueKind.Null);
        steps.Sum(s => s.GetProperty("tokens_output").GetInt64()).ShouldBe(run.GetProperty("tokens_output").GetInt64());
    }

    [Fact]
    public async Task What_a_run_sets_for_itself_counts_more_than_its_conversation()
    {
        var conversation = await api.NewConversationAsync("""{"quality_threshold":3,"max_n2_iterations":7}""");
        var body =
            """
            {"question":"Why?","workflow":"general-problem-solving","quality_threshold":0.5,"deadline_seconds":600,
             "models":{"agents":"offline/offline","synthesis":"offline/offline","judge":"offline/offline"}}
            """;
        var run = (await api.PostAsync($"/v1/conversations/{conversation}/runs", body)).Expect(202).Json;
        run.GetProperty("quality_threshold").GetDouble().ShouldBe(0.5);
        run.GetProperty("max_n2_iterations").GetInt32().ShouldBe(7);
        (run.GetProperty("deadline_at").GetDateTimeOffset() - run.GetProperty("created_at").GetDateTimeOffset()).TotalSeconds.ShouldBe(600, 1);
        await api.GetAsync($"/v1/runs/{run.Text("id")}/events");
        var ended = (await api.GetAsync($"/v1/runs/{run.Text("id")}")).Json;
        ended.Text("termination_reason").ShouldBe("threshold");
        ended.GetProperty("n2_iterations").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_conversation_has_one_run_at_a_time()
    {
        var slow = servers.Slow.User;
        var conversation = await slow.NewConversationAsync();
        var first = (await slow.PostAsync($"/v1/conversations/{conversation}/runs", """{"question":"Why?"}""")).Expect(202).Id;
        (await slow.PostAsync($"/v1/conversations/{conversation}/runs", """{"question":"Why not?"}""")).ExpectProblem(409, "run_in_progress");
        // Nothing of the refused one stays.
        (await slow.GetAsync($"/v1/conversations/{conversation}")).Json.GetProperty("message_count").GetInt32().ShouldBe(1);
        (await slow.GetAsync($"/v1/runs?conversation_id={conversation}")).Items.Count.ShouldBe(1);
        (await slow.PostAsync($"/v1/runs/{first}/cancel")).Expect(200);
        await slow.GetAsync($"/v1/runs/{first}/events");
        var second = (await slow.PostAsync($"/v1/conversations/{conversation}/runs", """{"question":"Why not?"}""")).Expect(202).Id;
        (await slow.PostAsync($"/v1/runs/{second}/cancel", "{}")).Expect(200);
    }

    [Fact]
    public async Task A_cancelled_run_ends_as_cancelled_and_stays_so()
    {
        var slow = servers.Slow.User;
        var id = await slow.NewRunAsync();
        var cancelling = (await slow.PostAsync($"/v1/runs/{id}/cancel")).Expect(200).Json.ShouldBeA("run");
        cancelling.GetProperty("cancel_requested_at").ValueKind.ShouldBe(JsonValueKind.String);
        var events = SentEvent.Parse((await slow.GetAsync($"/v1/runs/{id}/events")).Expect(200).Text);
        events[^1].Type.ShouldBe("run.cancelled");
        var run = (await slow.GetAsync($"/v1/runs/{id}")).Json;
        run.Text("status").ShouldBe("cancelled");
        run.Text("termination_reason").ShouldBe("cancelled");
        run.GetProperty("answer_message_id").ValueKind.ShouldBe(JsonValueKind.Null);
        (await slow.PostAsync($"/v1/runs/{id}/cancel")).Expect(200).Json.Text("status").ShouldBe("cancelled");
        (await slow.PostAsync($"/v1/runs/{id}/cancel", """{"now":true}""")).ExpectProblem(400, "unknown_field", "now");
    }

    [Fact]
    public async Task Cancelling_a_run_that_has_its_answer_changes_nothing()
    {
        var run = await api.EndedRunAsync();
        (await api.PostAsync($"/v1/runs/{run.Text("id")}/cancel")).Expect(200).Text.ShouldBe(run.GetRawText());
    }

    [Fact]
    public async Task The_system_agents_and_the_workflow_of_an_organization_are_listed()
    {
        string[] system = ["creative", "structural", "alignment", "decision", "recovery", "boundary"];
        // Other tests make some of their own.
        var agents = (await api.GetAsync("/v1/agents?order=asc")).ShouldBeAListOf("agent").Where(a => system.Contains(a.Text("key"))).ToList();
        agents.Count.ShouldBe(system.Length);
        var workflow = (await api.GetAsync("/v1/workflows")).ShouldBeAListOf("workflow").Single(w => w.Text("key") == "general-problem-solving");
        workflow.Text("execution_mode").ShouldBe("parallel");
        workflow.GetProperty("agents").EnumerateArray().Select(a => a.GetString()).ShouldBe(agents.Select(a => a.Text("key")), ignoreOrder: true);
    }
}
