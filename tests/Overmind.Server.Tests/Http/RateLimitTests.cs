namespace Overmind.Server.Tests.Http;

public class RateLimitTests(ApiServers servers)
{
    [Fact]
    public async Task A_key_that_has_used_up_its_minute_is_told_when_to_come_back()
    {
        await using var server = await servers.StartAsync(requestsPerMinute: 3);
        foreach (var left in new[] { 2, 1, 0 })
        {
            var answer = (await server.User.GetAsync("/v1/me")).Expect(200);
            answer.Header("RateLimit-Policy").ShouldBe("\"api_key\";q=3;w=60");
            answer.Header("RateLimit").ShouldNotBeNull().ShouldStartWith($"\"api_key\";r={left};t=");
        }
        var refused = (await server.User.GetAsync("/v1/me")).ExpectProblem(429, "rate_limited");
        refused.Json.GetProperty("retryable").GetBoolean().ShouldBeTrue();
        int.Parse(refused.Header("Retry-After")!).ShouldBeInRange(1, 20);
        refused.Header("RateLimit").ShouldNotBeNull().ShouldStartWith("\"api_key\";r=0;t=");
        // Another key has a minute of its own, and what needs no key is not counted.
        (await server.Admin.GetAsync("/v1/me")).Expect(200);
        (await server.User.GetAsync("/health")).Expect(200);
    }

    [Fact]
    public async Task An_error_tells_the_limit_too()
    {
        var refused = (await servers.Fast.User.GetAsync("/v1/runs/none")).ExpectProblem(404, "run_not_found");
        refused.Header("RateLimit-Policy").ShouldBe("\"api_key\";q=600000;w=60");
        refused.Header("RateLimit").ShouldNotBeNull().ShouldMatch("^\"api_key\";r=[0-9]+;t=[0-9]+$");
    }

    [Fact]
    public async Task Without_a_limit_nothing_is_told_of_one()
    {
        await using var server = await servers.StartAsync(requestsPerMinute: 0);
        (await server.User.GetAsync("/v1/me")).Expect(200).Header("RateLimit").ShouldBeNull();
    }
}
