using Overmind.Access;
using Overmind.Postgres;

namespace Overmind.Server.Tests.Access;

public class AuthenticationTests(ApiServers servers)
{
    readonly ApiServer server = servers.Fast;

    [Fact]
    public async Task A_request_without_a_key_is_asked_for_one()
    {
        using var anonymous = server.Anonymous;
        var refused = (await anonymous.GetAsync("/v1/conversations")).ExpectProblem(401, "unauthenticated");
        refused.Header("WWW-Authenticate").ShouldBe("Bearer");
        (await anonymous.PostAsync("/v1/conversations", "{}")).ExpectProblem(401, "unauthenticated");
        (await anonymous.GetAsync("/v1/conversations", ("Authorization", "Basic YWRtaW46YWRtaW4="))).ExpectProblem(401, "unauthenticated");
        (await anonymous.GetAsync("/v1/conversations?api_key=" + server.User.Key)).ExpectProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task A_key_that_is_none_opens_nothing()
    {
        var key = server.User.Key!;
        var changedEnd = key[..^1] + (key[^1] == '0' ? '1' : '0');
        var otherOrganization = key.Replace(server.Tenants.First.OrganizationId.ToString("N"), server.Tenants.Second.OrganizationId.ToString("N"));
        foreach (var wrong in new[] { "garbage", "", "sk_live_", key[..^1], key + "0", key.ToUpperInvariant(), changedEnd, otherOrganization, new string('a', 5000) })
        {
            using var api = server.Anonymous;
            (await api.GetAsync("/v1/me", ("Authorization", "Bearer " + wrong))).Status.ShouldBe(401, wrong);
        }
        using var changed = server.As(changedEnd);
        (await changed.GetAsync("/v1/me")).ExpectProblem(401, "invalid_api_key");
    }

    [Fact]
    public async Task A_revoked_key_ends_at_once()
    {
        var made = (await server.User.PostAsync("/v1/api_keys", """{"name":"Short","scopes":["read","write"]}""")).Expect(201).Json;
        using var api = server.As(made.Text("token")!);
        (await api.GetAsync("/v1/me")).Expect(200);
        (await server.User.DeleteAsync($"/v1/api_keys/{made.GetProperty("api_key").Text("id")}")).Expect(200)
            .Json.ShouldBeA("api_key").GetProperty("is_active").GetBoolean().ShouldBeFalse();
        (await api.GetAsync("/v1/me")).ExpectProblem(401, "invalid_api_key");
    }

    [Fact]
    public async Task An_expired_key_opens_nothing()
    {
        var key = await server.KeyAsync(server.Tenants.First.User);
        await server.Database.ExecuteAsync(
            "update api_keys set created_at = now() - interval '2 hours', expires_at = now() - interval '1 hour' where key_prefix = $1", key[..16]);
        using var api = server.As(key);
        (await api.GetAsync("/v1/me")).ExpectProblem(401, "invalid_api_key");
    }

    [Fact]
    public async Task A_key_to_read_writes_nothing()
    {
        var id = await server.User.NewConversationAsync();
        (await server.Reader.GetAsync($"/v1/conversations/{id}")).Expect(200);
        await RefusedAsync(server.Reader, id, "insufficient_scope");
    }

    [Fact]
    public async Task A_key_to_write_alone_reads_nothing()
    {
        using var api = server.As(await server.KeyAsync(server.Tenants.First.User, ApiKeyScope.Write));
        (await api.GetAsync("/v1/conversations")).ExpectProblem(403, "insufficient_scope");
        (await api.PostAsync("/v1/conversations", "{}")).Expect(201);
    }

    [Fact]
    public async Task A_viewer_writes_nothing()
    {
        var id = await server.User.NewConversationAsync("""{"visibility":"organization"}""");
        (await server.Viewer.GetAsync($"/v1/conversations/{id}")).Expect(200);
        await RefusedAsync(server.Viewer, id, "forbidden");
    }

    [Fact]
    public async Task A_key_tells_whose_it_is()
    {
        var me = (await server.Reader.GetAsync("/v1/me")).Expect(200).Json.ShouldBeA("me");
        me.Text("organization_id").ShouldBe(server.Tenants.First.OrganizationId.ToString());
        me.Text("user_id").ShouldBe(server.Tenants.First.User.UserId.ToString());
        me.Text("role").ShouldBe("user");
        me.GetProperty("scopes").GetRawText().ShouldBe("""["read"]""");
    }

    [Fact]
    public async Task A_member_who_leaves_takes_the_keys_along()
    {
        var user = server.Tenants.Second.Viewer;
        var key = await server.KeyAsync(user);
        await server.Database.ExecuteAsync(
            "update organization_members set left_at = now() where user_id = $1", user.UserId!.Value);
        using var api = server.As(key);
        (await api.GetAsync("/v1/me")).ExpectProblem(401, "invalid_api_key");
    }

    static async Task RefusedAsync(Api api, Guid conversation, string code)
    {
        var path = $"/v1/conversations/{conversation}";
        (await api.PostAsync("/v1/conversations", "{}")).ExpectProblem(403, code);
        (await api.PatchAsync(path, """{"title":"a"}""")).ExpectProblem(403, code);
        (await api.DeleteAsync(path)).ExpectProblem(403, code);
        (await api.PostAsync($"{path}/messages", """{"content":"a"}""")).ExpectProblem(403, code);
        (await api.PostAsync($"{path}/runs", """{"question":"a"}""")).ExpectProblem(403, code);
        (await api.PostAsync("/v1/api_keys", """{"name":"a"}""")).ExpectProblem(403, code);
        (await api.PostAsync($"/v1/runs/{Guid.CreateVersion7()}/cancel")).ExpectProblem(403, code);
    }
}
