using System.Text.Json;
using Overmind.Testing;

namespace Overmind.Server.Tests.Agents;

public class RunControlEndpointsTests(ApiServers servers)
{
    readonly Api api = servers.Fast.User;

    [Fact]
    public async Task A_run_waits_for_an_approval_and_goes_on_with_it()
    {
        var id = await WaitingAsync();
        var waiting = (await api.GetAsync($"/v1/runs/{id}")).Expect(200).Json.ShouldBeA("run").GetProperty("waiting");
        Shapes.Members(waiting).ShouldBe(["iteration", "reason", "cost_usd", "estimated_cost_usd", "repair_directive", "budget_id", "until", "since"]);
        (waiting.GetProperty("iteration").GetInt32(), waiting.Text("reason")).ShouldBe((2, "approve_from_iteration"));

        var body = """{"iteration":2,"note":"Go on.","directive":"Name three."}""";
        (await api.PostAsync($"/v1/runs/{id}/approve", body)).Expect(200).Json.ShouldBeA("run");

        var events = SentEvent.Parse((await api.GetAsync($"/v1/runs/{id}/events")).Expect(200).Text);
        events[^1].Type.ShouldBe("run.succeeded");
        var run = (await api.GetAsync($"/v1/runs/{id}")).Json;
        run.GetProperty("waiting").ValueKind.ShouldBe(JsonValueKind.Null);
        Shapes.Members(run.GetProperty("approvals")[0]).ShouldBe(["iteration", "decision", "note", "directive", "user_id", "decided_at"]);
        // What comes too late changes nothing.
        (await api.PostAsync($"/v1/runs/{id}/reject")).Expect(200).Text.ShouldBe(run.GetRawText());
    }

    [Fact]
    public async Task A_decision_that_is_none_is_refused_by_its_member()
    {
        var id = await WaitingAsync();
        (await api.PostAsync($"/v1/runs/{id}/approve", """{"iteration":0}""")).ExpectProblem(422, "invalid_value", "iteration");
        (await api.PostAsync($"/v1/runs/{id}/reject", """{"directive":"No."}""")).ExpectProblem(400, "unknown_field", "directive");
        (await servers.Fast.Viewer.PostAsync($"/v1/runs/{id}/approve")).ExpectProblem(403, "forbidden");
        (await api.PostAsync($"/v1/runs/{id}/cancel")).Expect(200).Json.Text("status").ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_cancelled_run_is_retried_and_its_events_go_on()
    {
        var id = await WaitingAsync();
        (await api.PostAsync($"/v1/runs/{id}/cancel")).Expect(200);
        (await api.PostAsync($"/v1/runs/{id}/retry")).Expect(202).Json.ShouldBeA("run").GetProperty("retry_count").GetInt32().ShouldBe(1);
        await Poll.UntilAsync(async () => (await api.GetAsync($"/v1/runs/{id}")).Json.Text("status") == "waiting");
        (await api.PostAsync($"/v1/runs/{id}/reject")).Expect(200);
        var events = SentEvent.Parse((await api.GetAsync($"/v1/runs/{id}/events")).Expect(200).Text);
        events.Select(e => e.Type).Where(t => t is "run.cancelled" or "run.retried" or "run.succeeded").ShouldBe(["run.cancelled", "run.retried", "run.succeeded"]);
        (await api.PostAsync($"/v1/runs/{id}/retry")).ExpectProblem(409, "run_not_retryable");
    }

    [Fact]
    public async Task A_step_is_read_alone_and_replayed()
    {
        var run = await api.EndedRunAsync();
        var path = $"/v1/runs/{run.Text("id")}/steps";
        var step = (await api.GetAsync($"{path}?include=prompt")).ShouldBeAListOf("run.step")[0];
        (await api.GetAsync($"{path}/{step.Text("id")}")).Expect(200).Json.ShouldBeA("run.step").GetRawText().ShouldBe(step.GetRawText());
        (await api.GetAsync($"{path}?include=output")).ExpectProblem(400, "invalid_parameter", "include");

        var replay = (await api.PostAsync($"{path}/{step.Text("id")}/replay", """{"model":"offline/offline","temperature":0.1}""")).Expect(202).Json.ShouldBeA("step.replay");
        (replay.Text("status"), replay.GetProperty("temperature").GetDouble()).ShouldBe(("queued", 0.1));
        await Poll.UntilAsync(async () => (await api.GetAsync($"{path}/{step.Text("id")}/replays")).ShouldBeAListOf("step.replay")[0].Text("status") == "succeeded");
        (await api.GetAsync($"/v1/runs/{run.Text("id")}")).Text.ShouldBe(run.GetRawText());
    }

    [Fact]
    public async Task A_replay_that_cannot_be_made_is_refused()
    {
        var run = await api.EndedRunAsync();
        var step = (await api.GetAsync($"/v1/runs/{run.Text("id")}/steps")).Items[0].Text("id");
        var path = $"/v1/runs/{run.Text("id")}/steps/{step}/replay";
        (await api.PostAsync(path, "{}")).ExpectProblem(422, "missing_field", "model");
        (await api.PostAsync(path, """{"model":"offline"}""")).ExpectProblem(422, "invalid_value", "model");
        (await api.PostAsync(path, """{"model":"nobody/model"}""")).ExpectProblem(424, "model_unavailable", "model");
        (await api.PostAsync(path, """{"model":"offline/offline","temperature":3}""")).ExpectProblem(422, "invalid_value", "temperature");
        (await api.GetAsync($"/v1/runs/{run.Text("id")}/steps/nonsense")).ExpectProblem(404, "step_not_found");
    }

    [Fact]
    public async Task Two_runs_are_compared()
    {
        var (left, right) = (await api.EndedRunAsync(), await api.EndedRunAsync("What is a good name for a cat?"));
        var compared = (await api.GetAsync($"/v1/runs/{left.Text("id")}/compare/{right.Text("id")}")).Expect(200).Json.ShouldBeA("run.comparison");
        compared.GetProperty("left").GetRawText().ShouldBe(left.GetRawText());
        compared.GetProperty("question").GetProperty("is_same").GetBoolean().ShouldBeFalse();
        compared.GetProperty("iterations")[0].GetProperty("steps").GetArrayLength().ShouldBe(10);
        compared.GetProperty("answer_diff").EnumerateArray().Select(l => l.Text("op")).ShouldBeSubsetOf(["equal", "delete", "insert"]);
    }

    async Task<string> WaitingAsync()
    {
        var conversation = await api.NewConversationAsync();
        var asked = await api.PostAsync(
            $"/v1/conversations/{conversation}/runs",
            """{"question":"What is a good name for a boat?","quality_threshold":10,"max_n2_iterations":2,"approve_from_iteration":2}""");
        var id = asked.Expect(202).Id.ToString();
        await Poll.UntilAsync(async () => (await api.GetAsync($"/v1/runs/{id}")).Json.Text("status") == "waiting");
        return id;
    }
}
