using System.Text.Json;
using Overmind.Access;
using Overmind.Testing;

namespace Overmind.Server.Tests.Access;

public class ApiKeyRotationTests(ApiServers servers)
{
    readonly ApiServer server = servers.Fast;

    [Fact]
    public async Task A_program_replaces_its_own_key_and_both_are_good_until_the_grace_period_is_over()
    {
        var old = await NewAsync("""{"name":"Program","scopes":["conversations.read"],"expires_at":"2999-12-31T00:00:00Z"}""");
        using var program = server.As(old.Token);
        var made = (await program.PostAsync($"/v1/api_keys/{old.Id}/rotate", """{"grace_period_seconds":3600}""")).Expect(201).Json;
        var key = made.GetProperty("api_key").ShouldBeA("api_key");
        (key.Text("name"), key.Text("replaces"), key.GetProperty("expires_at").GetDateTimeOffset().Year, key.GetProperty("scopes").GetRawText())
            .ShouldBe(("Program", old.Id, 2999, """["conversations.read"]"""));
        (await program.GetAsync("/v1/conversations")).Expect(200);
        using var renewed = server.As(made.Text("token")!);
        (await renewed.GetAsync("/v1/conversations")).Expect(200);

        var ending = await FindAsync(old.Id);
        ending.GetProperty("rotated_at").ValueKind.ShouldBe(JsonValueKind.String);
        (ending.GetProperty("expires_at").GetDateTimeOffset() - ending.GetProperty("rotated_at").GetDateTimeOffset()).ShouldBe(TimeSpan.FromHours(1), TimeSpan.FromSeconds(1));
        await server.Database.ExecuteAsync("update api_keys set expires_at = now() where id = $1", Guid.Parse(old.Id));
        await Poll.UntilAsync(async () => (await program.GetAsync("/v1/me")).Status == 401);
        (await renewed.GetAsync("/v1/me")).Expect(200);
    }

    [Fact]
    public async Task Without_a_grace_period_the_old_key_ends_at_once_and_with_none_given_it_has_a_day()
    {
        var old = await NewAsync("""{"name":"Short"}""");
        using var program = server.As(old.Token);
        var renewed = (await program.PostAsync($"/v1/api_keys/{old.Id}/rotate", """{"grace_period_seconds":0}""")).Expect(201).Json;
        (await program.GetAsync("/v1/me")).ExpectProblem(401, "invalid_api_key");

        var id = renewed.GetProperty("api_key").Text("id")!;
        (await server.User.PostAsync($"/v1/api_keys/{id}/rotate")).Expect(201);
        var ending = await FindAsync(id);
        (ending.GetProperty("expires_at").GetDateTimeOffset() - ending.GetProperty("rotated_at").GetDateTimeOffset()).ShouldBe(TimeSpan.FromDays(1), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_key_that_ends_before_the_grace_period_does_not_last_longer()
    {
        var end = TimeProvider.System.GetUtcNow().AddMinutes(10).ToString("O");
        var old = await NewAsync($$"""{"name":"Short","expires_at":"{{end}}"}""");
        (await server.User.PostAsync($"/v1/api_keys/{old.Id}/rotate")).Expect(201).Json.GetProperty("api_key").GetProperty("expires_at").GetDateTimeOffset()
            .ShouldBe((await FindAsync(old.Id)).GetProperty("expires_at").GetDateTimeOffset());
    }

    [Fact]
    public async Task Of_two_rotations_at_once_one_wins_and_the_other_is_told()
    {
        var old = await NewAsync("""{"name":"Twice"}""");
        using var program = server.As(old.Token);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => program.PostAsync($"/v1/api_keys/{old.Id}/rotate")));
        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        foreach (var lost in answers.Where(answer => answer.Status != 201))
            lost.ExpectProblem(409, "api_key_not_rotatable");
        (await server.Database.ScalarAsync<long>("select count(*) from api_keys where replaces = $1", Guid.Parse(old.Id))).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_revoked_or_unknown_or_asked_for_wrongly_is_refused()
    {
        var old = await NewAsync("""{"name":"Revoked"}""");
        foreach (var wrong in (string[])["-1", "2592001"])
            (await server.User.PostAsync($"/v1/api_keys/{old.Id}/rotate", $$"""{"grace_period_seconds":{{wrong}}}""")).ExpectProblem(422, "invalid_value", "grace_period_seconds");
        (await server.User.PostAsync($"/v1/api_keys/{old.Id}/rotate", """{"grace_period":1}""")).ExpectProblem(400, "unknown_field", "grace_period");
        (await server.User.DeleteAsync($"/v1/api_keys/{old.Id}")).Expect(200);
        (await server.User.PostAsync($"/v1/api_keys/{old.Id}/rotate")).ExpectProblem(409, "api_key_not_rotatable");
        (await server.User.PostAsync($"/v1/api_keys/{Guid.CreateVersion7()}/rotate")).ExpectProblem(404, "api_key_not_found");
        (await server.Stranger.PostAsync($"/v1/api_keys/{old.Id}/rotate")).ExpectProblem(404, "api_key_not_found");
    }

    [Fact]
    public async Task An_admin_does_not_get_a_key_that_acts_for_somebody_else()
    {
        var old = await NewAsync("""{"name":"Theirs"}""");
        (await server.Admin.PostAsync($"/v1/api_keys/{old.Id}/rotate")).ExpectProblem(403, "forbidden");
    }

    [Fact]
    public async Task A_key_hands_on_no_scope_and_no_time_that_it_has_not_itself()
    {
        var maker = await NewAsync($$"""{"name":"Maker","scopes":["api_keys.admin","jobs.read"],"expires_at":"{{TimeProvider.System.GetUtcNow().AddHours(1):O}}"}""");
        var wider = await NewAsync("""{"name":"Wider","scopes":["read"]}""");
        using var api = server.As(maker.Token);
        var soon = TimeProvider.System.GetUtcNow().AddMinutes(30).ToString("O");
        (await api.PostAsync("/v1/api_keys", $$"""{"name":"a","scopes":["jobs.read"],"expires_at":"{{soon}}"}""")).Expect(201);
        foreach (var more in (string[])["read", "jobs.run", "admin"])
            (await api.PostAsync("/v1/api_keys", $$"""{"name":"a","scopes":["jobs.read","{{more}}"],"expires_at":"{{soon}}"}""")).ExpectProblem(403, "insufficient_scope", "scopes");
        (await api.PostAsync("/v1/api_keys", """{"name":"a","scopes":["jobs.read"]}""")).ExpectProblem(422, "invalid_value", "expires_at");
        (await api.PostAsync($"/v1/api_keys/{wider.Id}/rotate")).Status.ShouldBeOneOf(403, 422);
        (await api.PostAsync("/v1/api_keys", """{"name":"a","scopes":["jobs"]}""")).ExpectProblem(422, "invalid_value", "scopes[0]");
    }

    [Fact]
    public async Task A_key_without_the_scope_for_keys_ends_itself_and_no_other()
    {
        var (mine, other) = (await NewAsync("""{"name":"Mine"}"""), await NewAsync("""{"name":"Other"}"""));
        using var api = server.As(mine.Token);
        (await api.DeleteAsync($"/v1/api_keys/{other.Id}")).ExpectProblem(403, "insufficient_scope");
        (await api.PostAsync($"/v1/api_keys/{other.Id}/rotate")).ExpectProblem(403, "insufficient_scope");
        (await api.DeleteAsync($"/v1/api_keys/{mine.Id}")).Expect(200);
        (await api.GetAsync("/v1/me")).ExpectProblem(401, "invalid_api_key");
    }

    [Fact]
    public async Task A_key_that_is_revoked_or_rotated_away_ends_on_every_node()
    {
        var encryptionKey = SecretCipher.NewKey();
        await using var first = await servers.StartAsync(configure: options => options with { EncryptionKey = encryptionKey });
        await using var second = await SecondNode.StartAsync(first, encryptionKey);
        var (revoked, rotated) = (await NewAsync(first, """{"name":"Revoked"}"""), await NewAsync(first, """{"name":"Rotated"}"""));
        using var one = second.As(revoked.Token);
        using var two = second.As(rotated.Token);
        (await one.GetAsync("/v1/me")).Expect(200);
        (await two.GetAsync("/v1/me")).Expect(200);
        (await first.User.DeleteAsync($"/v1/api_keys/{revoked.Id}")).Expect(200);
        (await first.User.PostAsync($"/v1/api_keys/{rotated.Id}/rotate", """{"grace_period_seconds":0}""")).Expect(201);
        // Each node keeps a key for a minute: that it ends sooner is the notification's doing.
        await Poll.UntilAsync(async () => (await one.GetAsync("/v1/me")).Status == 401);
        await Poll.UntilAsync(async () => (await two.GetAsync("/v1/me")).Status == 401);
    }

    Task<(string Id, string Token)> NewAsync(string body) => NewAsync(server, body);

    static async Task<(string Id, string Token)> NewAsync(ApiServer node, string body)
    {
        var made = (await node.User.PostAsync("/v1/api_keys", body)).Expect(201).Json;
        return (made.GetProperty("api_key").Text("id")!, made.Text("token")!);
    }

    async Task<JsonElement> FindAsync(string id) =>
        (await server.User.GetAsync("/v1/api_keys?limit=100")).ShouldBeAListOf("api_key").Single(key => key.Text("id") == id);
}
