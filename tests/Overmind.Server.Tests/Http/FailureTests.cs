namespace Overmind.Server.Tests.Http;

public class FailureTests(ApiServers servers)
{
    [Fact]
    public async Task A_failure_shows_nothing_of_the_inside_and_a_server_that_cannot_work_is_not_ready()
    {
        await using var server = await servers.StartAsync();
        await server.Database.ExecuteAsync("alter table conversations rename column folder to drawer");
        var failed = (await server.User.GetAsync("/v1/conversations")).ExpectProblem(500, "internal_error");
        failed.Json.GetProperty("retryable").GetBoolean().ShouldBeTrue();
        foreach (var inside in new[] { "folder", "42703", "select", "Npgsql", "Overmind.", ".cs", "Exception" })
            failed.Text.ShouldNotContain(inside, Case.Sensitive);
        failed.Header("X-Content-Type-Options").ShouldBe("nosniff");
        (await server.User.GetAsync("/v1/me")).Expect(200);

        await server.Database.ExecuteAsync("delete from overmind.migrations where version = (select max(version) from overmind.migrations)");
        (await server.User.GetAsync("/ready")).ExpectProblem(503, "not_ready");
        (await server.User.GetAsync("/health")).Expect(200);
    }
}
