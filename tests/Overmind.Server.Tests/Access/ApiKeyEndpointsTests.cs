namespace Overmind.Server.Tests.Access;

public class ApiKeyEndpointsTests(ApiServers servers)
{
    readonly ApiServer server = servers.Fast;

    [Fact]
    public async Task A_new_key_shows_its_token_once_and_works()
    {
        var made = (await server.User.PostAsync("/v1/api_keys", """{"name":"Laptop","scopes":["read"],"expires_at":"2999-12-31T00:00:00+01:00"}""")).Expect(201);
        Shapes.Members(made.Json).ShouldBe(["api_key", "token"]);
        var key = made.Json.GetProperty("api_key").ShouldBeA("api_key");
        key.Text("name").ShouldBe("Laptop");
        made.Json.Text("token").ShouldNotBeNull().ShouldStartWith(key.Text("key_prefix") + "_");
        key.GetProperty("expires_at").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2999, 12, 30, 23, 0, 0, TimeSpan.Zero));
        using var api = server.As(made.Json.Text("token")!);
        (await api.GetAsync("/v1/me")).Expect(200).Json.Text("api_key_id").ShouldBe(key.Text("id"));
        (await server.User.GetAsync("/v1/api_keys?limit=100")).Text.ShouldNotContain(made.Json.Text("token")!);
    }

    [Fact]
    public async Task A_key_reads_only_unless_it_asks_for_more()
    {
        var made = (await server.User.PostAsync("/v1/api_keys", """{"name":"Default"}""")).Expect(201).Json;
        made.GetProperty("api_key").GetProperty("scopes").GetRawText().ShouldBe("""["read"]""");
    }

    [Fact]
    public async Task An_admin_sees_the_keys_of_the_organization_and_a_user_the_own()
    {
        var user = server.Tenants.First.User.UserId.ToString();
        (await server.User.GetAsync("/v1/api_keys?limit=100")).ShouldBeAListOf("api_key").ShouldAllBe(key => key.Text("user_id") == user);
        (await server.Admin.GetAsync("/v1/api_keys?limit=100&order=asc")).ShouldBeAListOf("api_key")
            .Select(key => key.Text("user_id")).Distinct().Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task The_answer_with_a_secret_is_not_kept_for_repeats() =>
        (await server.User.PostAsync("/v1/api_keys", """{"name":"a"}""", ("Idempotency-Key", "k")))
            .ExpectProblem(400, "invalid_parameter", "Idempotency-Key");
}
