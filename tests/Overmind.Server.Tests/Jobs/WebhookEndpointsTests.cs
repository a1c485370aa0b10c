using Overmind.Testing;

namespace Overmind.Server.Tests.Jobs;

public class WebhookEndpointsTests(ApiServers servers)
{
    readonly ApiServer server = servers.Fast;

    [Fact]
    public async Task An_endpoint_shows_its_secret_when_it_is_made_and_rotated_and_never_else()
    {
        var made = (await server.Admin.PostAsync("/v1/webhook_endpoints", """{"url":"https://example.com/hooks","event_types":["run.failed"]}""")).Expect(201);
        Shapes.Members(made.Json).ShouldBe(["webhook_endpoint", "secret"]);
        var id = made.Json.GetProperty("webhook_endpoint").ShouldBeA("webhook_endpoint").GetProperty("id").GetGuid();
        var secret = made.Json.Text("secret").ShouldNotBeNull();
        secret.ShouldStartWith("whsec_");

        var rotated = (await server.Admin.PostAsync($"/v1/webhook_endpoints/{id}/rotate", null)).Expect(200).Json;

        rotated.Text("secret").ShouldNotBe(secret);
        rotated.GetProperty("webhook_endpoint").Text("previous_secret_expires_at").ShouldNotBeNull();
        (await server.Admin.GetAsync("/v1/webhook_endpoints?limit=100")).Text.ShouldNotContain("whsec_");
        (await server.Admin.SendAsync(HttpMethod.Delete, $"/v1/webhook_endpoints/{id}", null)).Expect(200);
        (await server.Admin.GetAsync($"/v1/webhook_endpoints/{id}")).ExpectProblem(404, "webhook_endpoint_not_found");
    }

    [Fact]
    public async Task A_test_event_is_delivered_logged_and_resent()
    {
        // A name that never resolves (RFC 2606): the attempt fails, and is logged.
        var made = (await server.Admin.PostAsync("/v1/webhook_endpoints", """{"url":"https://nowhere.invalid/hooks"}""")).Expect(201);
        var endpoint = made.Json.GetProperty("webhook_endpoint").GetProperty("id").GetGuid();
        var sent = (await server.Admin.PostAsync($"/v1/webhook_endpoints/{endpoint}/test", null)).Expect(202).Json.ShouldBeA("webhook_delivery");
        var id = sent.GetProperty("id").GetGuid();

        await Poll.UntilAsync(async () => (await server.Admin.GetAsync($"/v1/webhook_deliveries/{id}")).Json.GetProperty("attempt_count").GetInt32() == 1);

        var delivery = (await server.Admin.GetAsync($"/v1/webhook_deliveries?endpoint_id={endpoint}")).ShouldBeAListOf("webhook_delivery")
            .Where(d => d.Text("event_type") == sent.Text("event_type")).ShouldHaveSingleItem("what other tests make happen is told, too");
        var attempt = delivery.GetProperty("attempts")[0];
        Shapes.Members(attempt).ShouldBe(["at", "error", "status", "response", "latency_ms", "retry_after_seconds"], ignoreOrder: true);
        attempt.Text("error").ShouldNotBeNullOrEmpty();
        var again = (await server.Admin.PostAsync($"/v1/webhook_deliveries/{id}/resend", null)).Expect(202).Json;
        (again.Text("event_id"), again.Text("id") == id.ToString()).ShouldBe((delivery.Text("event_id"), false));
        (await server.Admin.SendAsync(HttpMethod.Delete, $"/v1/webhook_endpoints/{endpoint}", null)).Expect(200);
    }

    [Fact]
    public async Task An_endpoint_is_changed_as_far_as_the_body_names_it_and_only_the_version_that_was_read()
    {
        var made = (await server.Admin.PostAsync("/v1/webhook_endpoints", """{"url":"https://example.com/hooks","description":"Pager","event_types":["run.failed"]}""")).Expect(201);
        var path = $"/v1/webhook_endpoints/{made.Json.GetProperty("webhook_endpoint").GetProperty("id").GetGuid()}";
        var tag = made.Header("ETag");

        var changed = (await server.Admin.PatchAsync(path, """{"url":"https://example.org/hooks","description":null}""", ("If-Match", tag!))).Expect(200);

        var endpoint = changed.Json.ShouldBeA("webhook_endpoint");
        (endpoint.Text("url"), endpoint.Text("description"), endpoint.GetProperty("event_types").GetRawText()).ShouldBe(("https://example.org/hooks", null, """["run.failed"]"""));
        (await server.Admin.PatchAsync(path, """{"event_types":[]}""")).Expect(200).Json.GetProperty("event_types").GetArrayLength().ShouldBe(0);
        (await server.Admin.PatchAsync(path, """{"event_types":[]}""", ("If-Match", tag!))).ExpectProblem(412, "precondition_failed");
        (await server.User.PatchAsync(path, """{"description":"Mine"}""")).ExpectProblem(403, "forbidden");
        (await server.Admin.SendAsync(HttpMethod.Delete, path, null, ("If-Match", tag!))).ExpectProblem(412, "precondition_failed");
        (await server.Stranger.PatchAsync(path, """{"description":"Mine"}""")).ExpectProblem(404, "webhook_endpoint_not_found");
        foreach (var (body, status, code, param) in ((string, int, string, string)[])
        [
            ("""{"url":"http://example.com/"}""", 422, "invalid_value", "url"),
            ("""{"url":"https://10.0.0.1/"}""", 422, "invalid_value", "url"),
            ("""{"url":7}""", 400, "invalid_type", "url"),
            ("""{"event_types":["run.exploded"]}""", 422, "invalid_value", "event_types[0]"),
            ("""{"secret":"mine"}""", 400, "unknown_field", "secret"),
        ])
            (await server.Admin.PatchAsync(path, body)).ExpectProblem(status, code, param);
        (await server.Admin.SendAsync(HttpMethod.Delete, path, null)).Expect(200);
    }

    [Fact]
    public async Task Webhooks_are_for_who_manages_them_in_their_organization()
    {
        (await server.User.PostAsync("/v1/webhook_endpoints", """{"url":"https://example.com/"}""")).ExpectProblem(403, "forbidden");
        (await server.User.GetAsync("/v1/webhook_endpoints")).ExpectProblem(403, "forbidden");
        var made = (await server.Stranger.PostAsync("/v1/webhook_endpoints", """{"url":"https://example.com/"}""")).Expect(201);
        var id = made.Json.GetProperty("webhook_endpoint").GetProperty("id").GetGuid();
        (await server.Admin.PostAsync($"/v1/webhook_endpoints/{id}/test", null)).ExpectProblem(404, "webhook_endpoint_not_found");
        (await server.Admin.GetAsync($"/v1/webhook_deliveries/{id}")).ExpectProblem(404, "webhook_delivery_not_found");
    }

    [Theory]
    [InlineData("""{}""", 422, "missing_field", "url")]
    [InlineData("""{"url":"http://example.com/"}""", 422, "invalid_value", "url")]
    [InlineData("""{"url":"https://169.254.169.254/latest"}""", 422, "invalid_value", "url")]
    [InlineData("""{"url":"https://localhost/"}""", 422, "invalid_value", "url")]
    [InlineData("""{"url":"https://example.com/","event_types":["run.exploded"]}""", 422, "invalid_value", "event_types[0]")]
    [InlineData("""{"url":"https://example.com/","secret":"mine"}""", 400, "unknown_field", "secret")]
    public async Task An_endpoint_with_a_mistake_is_refused(string body, int status, string code, string param) =>
        (await server.Admin.PostAsync("/v1/webhook_endpoints", body)).ExpectProblem(status, code, param);
}
