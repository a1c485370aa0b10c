namespace Overmind.Server.Tests.Http;

public class RequestPipelineTests(ApiServers servers)
{
    readonly ApiServer server = servers.Fast;

    [Theory]
    [InlineData("/v1/me")]
    [InlineData("/v1/nothing")]
    [InlineData("/health")]
    [InlineData("/sign-in")]
    public async Task Every_answer_has_the_headers_that_protect_a_browser(string path)
    {
        var answer = await server.User.GetAsync(path);
        answer.Header("X-Content-Type-Options").ShouldBe("nosniff");
        answer.Header("Referrer-Policy").ShouldBe("no-referrer");
        answer.Header("Content-Security-Policy").ShouldNotBeNull().ShouldContain("default-src 'none'");
        answer.Header("Content-Security-Policy")!.ShouldContain("frame-ancestors 'none'");
        answer.Header("Content-Security-Policy")!.ShouldNotContain("unsafe-eval");
        answer.Header("Server").ShouldBeNull();
        answer.Header("X-Powered-By").ShouldBeNull();
    }

    [Fact]
    public async Task A_request_keeps_the_id_it_came_with()
    {
        (await server.User.GetAsync("/v1/me", ("X-Request-Id", "mine-42"))).Header("X-Request-Id").ShouldBe("mine-42");
        var own = (await server.User.GetAsync("/v1/me")).Header("X-Request-Id").ShouldNotBeNull();
        (await server.User.GetAsync("/v1/me", ("X-Request-Id", "<script>"))).Header("X-Request-Id").ShouldNotBeNull().ShouldNotContain("<");
        (await server.User.GetAsync("/v1/me")).Header("X-Request-Id").ShouldNotBe(own);
    }

    [Theory]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736", null)]
    [InlineData("none", null)]
    public async Task A_request_of_a_trace_has_the_traces_id(string traceparent, string? id)
    {
        var given = (await server.User.GetAsync("/v1/me", ("traceparent", traceparent))).Header("X-Request-Id").ShouldNotBeNull();
        if (id is null)
            Guid.TryParse(given, out _).ShouldBeTrue(given);
        else
            given.ShouldBe(id);
        (await server.User.GetAsync("/v1/me", ("traceparent", traceparent), ("X-Request-Id", "mine-42"))).Header("X-Request-Id").ShouldBe("mine-42");
    }

    [Fact]
    public async Task A_live_server_says_that_it_is_well_and_ready()
    {
        using var anonymous = server.Anonymous;
        (await anonymous.GetAsync("/health")).Expect(200).Text.ShouldBe("""{"status":"ok"}""");
        (await anonymous.GetAsync("/ready")).Expect(200).Text.ShouldBe("""{"status":"ready"}""");
        (await anonymous.SendAsync(HttpMethod.Head, "/health")).Expect(200).Text.ShouldBeEmpty();
        (await anonymous.SendAsync(HttpMethod.Head, "/ready")).Expect(200);
    }

    [Theory]
    [InlineData("evil.example", 400)]
    [InlineData("127.0.0.1.evil.example", 400)]
    [InlineData("localhost.evil.example:8080", 400)]
    [InlineData("169.254.169.254", 400)]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST:1234", 200)]
    [InlineData("[::1]:8080", 200)]
    public async Task A_server_on_the_loopback_answers_to_its_names_alone(string host, int status)
    {
        foreach (var path in new[] { "/v1/me", "/health", "/sign-in" })
        {
            var answer = (await server.User.GetAsync(path, ("Host", host))).Expect(status);
            if (status == 400)
                answer.ExpectProblem(400, "host_not_allowed");
        }
    }

    [Fact]
    public async Task Each_error_leads_to_its_page()
    {
        var problem = (await server.User.GetAsync("/v1/runs/none")).ExpectProblem(404, "run_not_found");
        (await server.User.GetAsync(problem.Json.Text("type")!)).Expect(200).Text.ShouldStartWith("# run_not_found");
        foreach (var code in Enum.GetValues<Overmind.Errors.ErrorCode>())
            (await server.User.GetAsync($"/errors/{Overmind.Errors.ErrorCatalogue.Word(code)}")).Expect(200);
        (await server.User.GetAsync("/errors/none")).ExpectProblem(404, "error_code_not_found");
    }
}
