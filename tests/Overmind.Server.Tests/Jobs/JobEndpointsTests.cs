using System.Text.Json;
using Overmind.Testing;

namespace Overmind.Server.Tests.Jobs;

public class JobEndpointsTests(ApiServers servers)
{
    readonly Api api = servers.Fast.User;

    [Fact]
    public async Task A_job_is_enqueued_done_and_shown()
    {
        var made = (await api.PostAsync("/v1/jobs", """{"kind":"ping","payload":{"message":"Ahoy"},"priority":5,"metadata":{"from":"here"}}""")).Expect(201);
        made.Header("Location").ShouldBe($"/v1/jobs/{made.Id}");
        made.Json.ShouldBeA("job").Text("status").ShouldBeOneOf("pending", "processing", "completed");

        var job = await UntilAsync(made.Id, "completed");
        job.GetProperty("result").Text("message").ShouldBe("Ahoy");
        job.GetProperty("metadata").Text("from").ShouldBe("here");
        job.GetProperty("attempt_count").GetInt32().ShouldBe(1);
        (await api.GetAsync("/v1/jobs?kind=ping&status=completed")).ShouldBeAListOf("job").Select(j => j.Text("id")).ShouldContain(made.Id.ToString());
    }

    [Theory]
    [InlineData("""{"kind":"nothing"}""", "job_kind_unknown", "kind", 422)]
    [InlineData("""{"kind":"run","payload":{}}""", "job_kind_unknown", "kind", 422)]
    [InlineData("""{"kind":"ping","payload":{"massage":"x"}}""", "invalid_value", "payload.massage", 422)]
    [InlineData("""{"kind":"ping","payload":{"message":5}}""", "invalid_value", "payload.message", 422)]
    [InlineData("""{"kind":"ping","payload":"x"}""", "invalid_type", "payload", 400)]
    [InlineData("""{"kind":"ping","max_attempts":0}""", "invalid_value", "max_attempts", 422)]
    [InlineData("""{"kind":"ping","priority":40000}""", "invalid_value", "priority", 422)]
    [InlineData("""{"kind":"ping","unique_key":""}""", "invalid_value", "unique_key", 422)]
    [InlineData("""{"kind":"ping","unique_for_seconds":5}""", "invalid_value", "unique_for_seconds", 422)]
    [InlineData("""{"kind":"ping","retry_config":{"jitter":2}}""", "invalid_value", "retry_config.jitter", 422)]
    [InlineData("""{"kind":"ping","retry_config":{"strategy":"never"}}""", "invalid_value", "retry_config.strategy", 422)]
    [InlineData("""{"kind":"ping","payload":{"message":"\u0000"}}""", "invalid_text", "payload.message", 422)]
    [InlineData("""{"kind":"ping","run_at":"soon"}""", "invalid_type", "run_at", 400)]
    public async Task What_is_wrong_with_a_job_is_told_by_its_field(string body, string code, string param, int status) =>
        (await api.PostAsync("/v1/jobs", body)).ExpectProblem(status, code, param);

    [Fact]
    public async Task A_unique_key_is_too_long_or_taken()
    {
        (await api.PostAsync("/v1/jobs", $$"""{"kind":"ping","unique_key":"{{new string('k', 501)}}"}""")).ExpectProblem(422, "invalid_value", "unique_key");
        var key = Guid.CreateVersion7();
        var body = $$"""{"kind":"ping","unique_key":"{{key}}","unique_for_seconds":3600}""";
        var first = (await api.PostAsync("/v1/jobs", body)).Expect(201);
        await UntilAsync(first.Id, "completed");

        (await api.PostAsync("/v1/jobs", body)).ExpectProblem(409, "job_not_unique", "unique_key");
    }

    [Fact]
    public async Task A_job_that_waits_is_cancelled_and_retried()
    {
        var job = (await api.PostAsync("/v1/jobs", """{"kind":"ping","run_at":"2099-01-01T00:00:00Z"}""")).Expect(201);

        (await api.PostAsync($"/v1/jobs/{job.Id}/cancel")).Expect(200).Json.Text("status").ShouldBe("cancelled");
        (await api.PostAsync($"/v1/jobs/{job.Id}/retry")).Expect(200);

        await UntilAsync(job.Id, "completed");
        (await api.PostAsync($"/v1/jobs/{job.Id}/retry")).ExpectProblem(409, "job_not_retryable");
    }

    [Fact]
    public async Task Many_jobs_are_cancelled_and_retried_by_what_they_have_in_common()
    {
        var batch = Guid.CreateVersion7();
        for (var i = 0; i < 3; i++)
            (await api.PostAsync("/v1/jobs", $$"""{"kind":"ping","batch_id":"{{batch}}","run_at":"2099-01-01T00:00:00Z"}""")).Expect(201);

        (await api.PostAsync("/v1/jobs/cancel", $$"""{"batch_id":"{{batch}}"}""")).Expect(200).Json.GetProperty("count").GetInt64().ShouldBe(3);
        (await api.PostAsync("/v1/jobs/retry", $$"""{"batch_id":"{{batch}}","status":"cancelled"}""")).Expect(200).Json.GetProperty("count").GetInt64().ShouldBe(3);
        (await api.PostAsync("/v1/jobs/retry", "{}")).ExpectProblem(422, "missing_field", "kind");
    }

    [Fact]
    public async Task Jobs_are_found_and_cancelled_by_what_stands_in_them()
    {
        var mark = Guid.CreateVersion7().ToString("N");
        foreach (var body in new[] { $$$"""{"payload":{"message":"For {{{mark}}}"}""", $$$"""{"metadata":{"topic":"{{{mark}}}"}""", $$$"""{"unique_key":"{{{mark}}}:1" """ })
            (await api.PostAsync("/v1/jobs", body + ""","kind":"ping","run_at":"2099-01-01T00:00:00Z"}""")).Expect(201);

        var found = (await api.GetAsync($"/v1/jobs?text={mark.ToUpperInvariant()}")).ShouldBeAListOf("job");
        found.Count.ShouldBe(3);
        found.ShouldAllBe(j => j.GetProperty("lease_expires_at").ValueKind == JsonValueKind.Null);
        (await api.PostAsync("/v1/jobs/cancel", $$"""{"text":"{{mark}}","status":"pending"}""")).Expect(200).Json.GetProperty("count").GetInt64().ShouldBe(3);
    }

    [Fact]
    public async Task The_job_of_a_run_is_cancelled_by_way_of_the_run()
    {
        var run = await api.EndedRunAsync();
        var job = (await api.GetAsync($"/v1/jobs?kind=run&unique_key={run.Text("id")}")).ShouldBeAListOf("job").ShouldHaveSingleItem();

        (await api.PostAsync($"/v1/jobs/{job.Text("id")}/cancel")).ExpectProblem(409, "job_carried");
    }

    [Fact]
    public async Task Counts_rates_and_times_are_told_by_kind()
    {
        var job = (await api.PostAsync("/v1/jobs", """{"kind":"ping"}""")).Expect(201);
        await UntilAsync(job.Id, "completed");

        var stats = (await api.GetAsync("/v1/jobs/stats")).Expect(200).Json.ShouldBeA("job_stats");
        stats.GetProperty("counts").EnumerateArray().ShouldContain(c => c.Text("kind") == "ping" && c.Text("status") == "completed");
        var ping = stats.GetProperty("kinds").EnumerateArray().Single(k => k.Text("kind") == "ping");
        ping.GetProperty("run_p50_ms").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
        stats.GetProperty("buckets").GetArrayLength().ShouldBe(60);
        stats.GetProperty("buckets").EnumerateArray().Sum(b => b.GetProperty("completed").GetInt64()).ShouldBePositive();
        (await api.GetAsync("/v1/jobs/stats?since=2099-01-01T00:00:00Z")).ExpectProblem(400, "invalid_parameter", "since");
    }

    [Fact]
    public async Task Another_members_job_is_not_found()
    {
        var job = (await api.PostAsync("/v1/jobs", """{"kind":"ping","run_at":"2099-01-01T00:00:00Z"}""")).Expect(201);

        foreach (var other in (Api[])[servers.Fast.OtherUser, servers.Fast.Stranger])
        {
            (await other.GetAsync($"/v1/jobs/{job.Id}")).ExpectProblem(404, "job_not_found");
            (await other.PostAsync($"/v1/jobs/{job.Id}/cancel")).ExpectProblem(404, "job_not_found");
            (await other.PostAsync($"/v1/jobs/{job.Id}/retry")).ExpectProblem(404, "job_not_found");
        }
    }

    [Fact]
    public async Task Workers_are_shown_to_admins()
    {
        (await api.GetAsync("/v1/workers")).ExpectProblem(403, "forbidden");
        var workers = (await servers.Fast.Stranger.GetAsync("/v1/workers")).Expect(200).Items;
        workers.ShouldHaveSingleItem().ShouldBeA("worker").GetProperty("kinds").EnumerateArray().Select(k => k.GetString()).ShouldContain("ping");
    }

    async Task<JsonElement> UntilAsync(Guid id, string status)
    {
        await Poll.UntilAsync(async () => (await api.GetAsync($"/v1/jobs/{id}")).Expect(200).Json.Text("status") == status);
        return (await api.GetAsync($"/v1/jobs/{id}")).Json.ShouldBeA("job");
    }
}
