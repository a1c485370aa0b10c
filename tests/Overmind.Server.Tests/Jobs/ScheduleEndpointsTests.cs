using System.Text.Json;

namespace Overmind.Server.Tests.Jobs;

public class ScheduleEndpointsTests(ApiServers servers)
{
    const string Weekdays =
        """{"name":"Digest","kind":"ping","cadence_config":{"mode":"weekdays"},"local_time":"08:30","time_zone":"Europe/Berlin"}""";

    readonly ApiServer server = servers.Fast;

    [Fact]
    public async Task A_schedule_is_made_read_listed_and_deleted()
    {
        var made = (await server.User.PostAsync("/v1/schedules", Weekdays)).Expect(201);
        made.Header("Location").ShouldBe($"/v1/schedules/{made.Id}");
        var schedule = made.Json.ShouldBeA("schedule");
        schedule.GetProperty("cadence_config").GetRawText().ShouldBe("""{"mode":"weekdays","days":[1,2,3,4,5]}""");
        (schedule.Text("local_time"), schedule.Text("time_zone"), schedule.Text("missed_runs")).ShouldBe(("08:30", "Europe/Berlin", "run_once"));
        (await server.User.GetAsync($"/v1/schedules/{made.Id}")).Expect(200).Json.ShouldBeA("schedule");
        (await server.Admin.GetAsync("/v1/schedules")).ShouldBeAListOf("schedule").ShouldContain(s => s.GetProperty("id").GetGuid() == made.Id);
        foreach (var other in (Api[])[server.OtherUser, server.Stranger])
            (await other.GetAsync($"/v1/schedules/{made.Id}")).ExpectProblem(404, "schedule_not_found");

        (await server.User.SendAsync(HttpMethod.Delete, $"/v1/schedules/{made.Id}", null)).Expect(200);
        (await server.User.GetAsync($"/v1/schedules/{made.Id}")).ExpectProblem(404, "schedule_not_found");
    }

    [Fact]
    public async Task The_next_runs_are_local_times_also_where_clocks_change()
    {
        var made = (await server.User.PostAsync("/v1/schedules", """{"name":"Night","kind":"ping","cron":"30 2 * * *","time_zone":"Europe/Berlin"}""")).Expect(201);
        var next = (await server.User.GetAsync($"/v1/schedules/{made.Id}/next_runs?limit=3&from=2025-03-29T00:00:00Z")).Expect(200).Json.ShouldBeA("schedule.next_runs");
        next.GetProperty("runs").EnumerateArray().Select(run => run.GetString())
            .ShouldBe(["2025-03-29T02:30:00+01:00", "2025-03-30T03:00:00+02:00", "2025-03-31T02:30:00+02:00"]);
        (await server.User.GetAsync($"/v1/schedules/{made.Id}/next_runs?limit=101")).ExpectProblem(400, "invalid_parameter", "limit");
        (await server.User.GetAsync($"/v1/schedules/{made.Id}/next_runs?from=soon")).ExpectProblem(400, "invalid_parameter", "from");
    }

    [Fact]
    public async Task A_schedule_is_paused_resumed_and_run_at_once()
    {
        var made = (await server.User.PostAsync("/v1/schedules", Weekdays)).Expect(201);
        (await server.User.PostAsync($"/v1/schedules/{made.Id}/pause", null)).Expect(200).Json.GetProperty("next_run_at").ValueKind.ShouldBe(JsonValueKind.Null);
        (await server.User.PostAsync($"/v1/schedules/{made.Id}/run", null)).Expect(202).Json.ShouldBeA("schedule.run");
        (await server.User.PostAsync($"/v1/schedules/{made.Id}/resume", null)).Expect(200).Json.Text("next_run_at").ShouldBe(made.Json.Text("next_run_at"));
        (await server.Reader.PostAsync($"/v1/schedules/{made.Id}/pause", null)).ExpectProblem(403, "insufficient_scope");
        (await server.Viewer.PostAsync("/v1/schedules", Weekdays)).ExpectProblem(403, "forbidden");
    }

    [Fact]
    public async Task A_schedule_is_changed_as_far_as_the_body_names_it_and_only_the_version_that_was_read()
    {
        var made = (await server.User.PostAsync("/v1/schedules", Weekdays)).Expect(201);
        var path = $"/v1/schedules/{made.Id}";
        var tag = (await server.User.GetAsync(path)).Header("ETag");
        tag.ShouldBe(made.Header("ETag"));

        var changed = (await server.User.PatchAsync(path, """{"cron":"15 7 * * SAT","name":"Weekend"}""", ("If-Match", tag!))).Expect(200);

        var schedule = changed.Json.ShouldBeA("schedule");
        (schedule.Text("name"), schedule.Text("cron"), schedule.Text("cadence_config"), schedule.Text("time_zone")).ShouldBe(("Weekend", "15 7 * * SAT", null, "Europe/Berlin"));
        schedule.Text("next_run_at").ShouldNotBe(made.Json.Text("next_run_at"));
        (await server.User.PatchAsync(path, """{"name":"Late"}""", ("If-Match", tag!))).ExpectProblem(412, "precondition_failed");
        (await server.User.PatchAsync(path, "{}")).Expect(200).Json.Text("name").ShouldBe("Weekend");
        (await server.Viewer.PatchAsync(path, """{"name":"a"}""")).ExpectProblem(403, "forbidden");
        foreach (var other in (Api[])[server.OtherUser, server.Stranger])
            (await other.PatchAsync(path, """{"name":"a"}""")).ExpectProblem(404, "schedule_not_found");
    }

    [Theory]
    [InlineData("""{"name":""}""", 422, "invalid_value", "name")]
    [InlineData("""{"kind":"nothing"}""", 422, "job_kind_unknown", "kind")]
    [InlineData("""{"kind":"run"}""", 422, "invalid_value", "kind")]
    [InlineData("""{"payload":{"mesage":"typo"}}""", 422, "invalid_value", "payload.mesage")]
    [InlineData("""{"payload":"text"}""", 400, "invalid_type", "payload")]
    [InlineData("""{"cadence_config":null}""", 422, "invalid_value", "cadence_config")]
    [InlineData("""{"cadence_config":{"mode":"daily"},"cron":"@daily"}""", 422, "invalid_value", "cron")]
    [InlineData("""{"cadence_config":{"mode":"weekly","days":[1,2]}}""", 422, "invalid_value", "cadence_config.days")]
    [InlineData("""{"cadence_config":{"days":[1,2]}}""", 422, "missing_field", "cadence_config.mode")]
    [InlineData("""{"cron":"0 9 30 2 *"}""", 422, "invalid_value", "cron")]
    [InlineData("""{"time_zone":"Mars/Olympus"}""", 422, "invalid_value", "time_zone")]
    [InlineData("""{"local_time":"25:00"}""", 422, "invalid_value", "local_time")]
    [InlineData("""{"max_attempts":101}""", 422, "invalid_value", "max_attempts")]
    [InlineData("""{"missed_runs":"all"}""", 422, "invalid_value", "missed_runs")]
    [InlineData("""{"project_id":"0198c0de-0000-7000-8000-000000000000"}""", 422, "invalid_value", "project_id")]
    [InlineData("""{"user_id":"0198c0de-0000-7000-8000-000000000000"}""", 400, "unknown_field", "user_id")]
    public async Task A_change_with_a_mistake_is_refused_and_changes_nothing(string body, int status, string code, string param)
    {
        var made = (await server.User.PostAsync("/v1/schedules", Weekdays)).Expect(201);

        (await server.User.PatchAsync($"/v1/schedules/{made.Id}", body)).ExpectProblem(status, code, param);

        (await server.User.GetAsync($"/v1/schedules/{made.Id}")).Text.ShouldBe(made.Text);
    }

    [Theory]
    [InlineData("""{"kind":"ping","cron":"@daily"}""", 422, "missing_field", "name")]
    [InlineData("""{"name":"a","cron":"@daily"}""", 422, "missing_field", "kind")]
    [InlineData("""{"name":"a","kind":"nothing","cron":"@daily"}""", 422, "job_kind_unknown", "kind")]
    [InlineData("""{"name":"a","kind":"run","cron":"@daily"}""", 422, "invalid_value", "kind")]
    [InlineData("""{"name":"a","kind":"ping"}""", 422, "invalid_value", "cadence_config")]
    [InlineData("""{"name":"a","kind":"ping","cadence_config":{"mode":"custom"}}""", 422, "invalid_value", "cadence_config.days")]
    [InlineData("""{"name":"a","kind":"ping","cadence_config":{"mode":"custom","days":["monday"]}}""", 400, "invalid_type", "cadence_config.days[0]")]
    [InlineData("""{"name":"a","kind":"ping","cadence_config":{"mode":"monthly"}}""", 422, "invalid_value", "cadence_config.mode")]
    [InlineData("""{"name":"a","kind":"ping","cadence_config":{"mode":"daily"},"time_zone":"Mars/Olympus"}""", 422, "invalid_value", "time_zone")]
    [InlineData("""{"name":"a","kind":"ping","cadence_config":{"mode":"daily"},"local_time":"25:00"}""", 422, "invalid_value", "local_time")]
    [InlineData("""{"name":"a","kind":"ping","cron":"0 9 30 2 *"}""", 422, "invalid_value", "cron")]
    [InlineData("""{"name":"a","kind":"ping","cron":"@daily","max_attempts":0}""", 422, "invalid_value", "max_attempts")]
    [InlineData("""{"name":"a","kind":"ping","cron":"@daily","missed_runs":"all"}""", 422, "invalid_value", "missed_runs")]
    [InlineData("""{"name":"a","kind":"ping","cron":"@daily","start_at":"2020-01-01T00:00:00Z"}""", 400, "unknown_field", "start_at")]
    public async Task A_schedule_with_a_mistake_is_refused(string body, int status, string code, string param) =>
        (await server.User.PostAsync("/v1/schedules", body)).ExpectProblem(status, code, param);
}
