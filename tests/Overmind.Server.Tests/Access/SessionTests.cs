namespace Overmind.Server.Tests.Access;

public class SessionTests(ApiServers servers)
{
    readonly ApiServer server = servers.Fast;

    [Fact]
    public async Task Signing_in_gives_a_token_that_acts_for_its_member()
    {
        await server.PasswordAsync("user@first.test", SignedIn.Password);
        var answer = (await server.Anonymous.PostAsync(
            "/v1/auth/sign_in", $$"""{"email":" USER@first.test","password":"{{SignedIn.Password}}","device_name":"Laptop"}""", ("User-Agent", "Test/1.0"))).Expect(200);
        answer.Header("Cache-Control").ShouldBe("no-store");
        var tokens = answer.Json.ShouldBeA("session.tokens");
        tokens.Text("token_type").ShouldBe("bearer");
        tokens.GetProperty("expires_in").GetInt32().ShouldBe(900);
        using var api = server.As(tokens.Text("access_token")!);

        var me = (await api.GetAsync("/v1/me")).Expect(200).Json.ShouldBeA("me");

        me.Text("user_id").ShouldBe(server.Tenants.First.User.UserId.ToString());
        me.Text("session_id").ShouldBe(tokens.Text("session_id"));
        me.Text("api_key_id").ShouldBeNull();
        (await api.PostAsync("/v1/conversations", "{}")).Expect(201);
        var session = (await api.GetAsync("/v1/sessions?limit=100")).ShouldBeAListOf("session").Single(s => s.Text("id") == tokens.Text("session_id"));
        (session.Text("device_name"), session.Text("device_type"), session.Text("user_agent"), session.Text("ip_address")).ShouldBe(("Laptop", "api", "Test/1.0", "127.0.0.1"));
        session.GetProperty("is_current").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        await server.PasswordAsync("other@first.test", SignedIn.Password);
        var wrong = (await server.Anonymous.PostAsync("/v1/auth/sign_in", """{"email":"other@first.test","password":"wrong"}""")).ExpectProblem(401, "invalid_credentials");
        var unknown = (await server.Anonymous.PostAsync("/v1/auth/sign_in", """{"email":"nobody@first.test","password":"wrong"}""")).ExpectProblem(401, "invalid_credentials");
        unknown.Json.Text("detail").ShouldBe(wrong.Json.Text("detail"));
    }

    [Fact]
    public async Task A_session_that_is_ended_ends_its_tokens_at_once()
    {
        var (one, two) = (await SignedIn.AsAsync(server, "admin@second.test"), await SignedIn.AsAsync(server, "admin@second.test"));
        using var first = server.As(one.AccessToken);
        using var second = server.As(two.AccessToken);
        (await second.GetAsync("/v1/me")).Expect(200);

        (await first.DeleteAsync($"/v1/sessions/{two.SessionId}")).Expect(200).Json.ShouldBeA("session.deleted");

        (await second.GetAsync("/v1/me")).ExpectProblem(401, "session_ended");
        (await SignedIn.RefreshAsync(server, two.RefreshToken)).ExpectProblem(401, "session_ended");
        (await first.DeleteAsync($"/v1/sessions/{two.SessionId}")).ExpectProblem(404, "session_not_found");
        (await first.GetAsync("/v1/me")).Expect(200);
    }

    [Fact]
    public async Task Ending_all_sessions_leaves_the_one_that_asks_and_signing_out_ends_it()
    {
        var others = new[] { await SignedIn.AsAsync(server, "user@second.test"), await SignedIn.AsAsync(server, "user@second.test") };
        using var api = server.As((await SignedIn.AsAsync(server, "user@second.test")).AccessToken);
        (await api.DeleteAsync("/v1/sessions")).Expect(200).Json.GetProperty("count").GetInt32().ShouldBe(2);
        foreach (var other in others)
        {
            using var ended = server.As(other.AccessToken);
            (await ended.GetAsync("/v1/me")).ExpectProblem(401, "session_ended");
        }
        (await api.GetAsync("/v1/sessions")).ShouldBeAListOf("session").Count.ShouldBe(1);
        (await api.PostAsync("/v1/auth/sign_out")).Expect(200);
        (await api.GetAsync("/v1/me")).ExpectProblem(401, "session_ended");
    }

    [Fact]
    public async Task Nobody_sees_or_ends_anothers_sessions()
    {
        var other = await SignedIn.AsAsync(server, "other@first.test");
        (await server.Admin.GetAsync("/v1/sessions?limit=100")).ShouldBeAListOf("session").ShouldNotContain(s => s.Text("id") == other.SessionId.ToString());
        (await server.Admin.DeleteAsync($"/v1/sessions/{other.SessionId}")).ExpectProblem(404, "session_not_found");
        using var api = server.As(other.AccessToken);
        (await api.GetAsync("/v1/me")).Expect(200);
    }

    [Fact]
    public async Task A_session_is_ended_on_every_node_as_soon_as_it_is_on_one()
    {
        var (one, two) = (await SignedIn.AsAsync(server, "other@second.test"), await SignedIn.AsAsync(server, "other@second.test"));
        using var api = server.As(two.AccessToken);
        (await api.GetAsync("/v1/me")).Expect(200);
        // As another node does it: this one hears of it from the database.
        await server.Database.ExecuteAsync("update sessions set revoked_at = now(), revoked_reason = 'revoked' where id = $1", two.SessionId);
        await Overmind.Testing.Poll.UntilAsync(async () => (await api.GetAsync("/v1/me")).Status == 401);
        using var going = server.As(one.AccessToken);
        (await going.GetAsync("/v1/me")).Expect(200);
    }

    [Fact]
    public async Task The_organization_header_chooses_among_memberships_and_opens_nothing_by_itself()
    {
        await using var own = await servers.StartAsync();
        var (first, second) = (own.Tenants.First, own.Tenants.Second);
        await own.Database.ExecuteAsync(
            "insert into organization_members (organization_id, user_id, display_name, role) values ($1, $2, 'Guest', 'viewer')", second.OrganizationId, first.User.UserId!.Value);
        using var api = own.As((await SignedIn.AsAsync(own, "user@first.test")).AccessToken);
        (await api.GetAsync("/v1/me")).Json.Text("organization_id").ShouldBe(first.OrganizationId.ToString());

        var guest = (await api.GetAsync("/v1/me", ("x-org-id", second.OrganizationId.ToString()))).Expect(200).Json;

        (guest.Text("organization_id"), guest.Text("role")).ShouldBe((second.OrganizationId.ToString(), "viewer"));
        (await api.PostAsync("/v1/conversations", "{}", ("x-org-id", second.OrganizationId.ToString()))).ExpectProblem(403, "forbidden");
        (await api.GetAsync("/v1/me", ("x-org-id", Guid.CreateVersion7().ToString()))).ExpectProblem(403, "not_a_member");
        (await api.GetAsync("/v1/me", ("x-org-id", "first"))).ExpectProblem(400, "invalid_parameter", "x-org-id");
        (await own.Stranger.GetAsync("/v1/me", ("x-org-id", first.OrganizationId.ToString()))).ExpectProblem(403, "not_a_member");
        (await own.Stranger.GetAsync("/v1/me", ("x-org-id", second.OrganizationId.ToString()))).Expect(200);

        await own.Database.ExecuteAsync("update organization_members set left_at = now() where organization_id = $1 and user_id = $2", second.OrganizationId, first.User.UserId!.Value);
        await Overmind.Testing.Poll.UntilAsync(async () => (await api.GetAsync("/v1/me", ("x-org-id", second.OrganizationId.ToString()))).Status == 403);
    }

    [Fact]
    public async Task Members_of_a_suspended_organization_sign_in_read_go_on_and_sign_out()
    {
        await using var own = await servers.StartAsync();
        await own.Database.ExecuteAsync("select overmind.set_organization_state($1, 'suspended', 'An invoice is open.')", own.Tenants.First.OrganizationId);
        var signedIn = await SignedIn.AsAsync(own, "user@first.test");
        var going = SignedIn.Of((await SignedIn.RefreshAsync(own, signedIn.RefreshToken)).Expect(200));
        using var api = own.As(going.AccessToken);

        (await api.GetAsync("/v1/me")).Expect(200);
        (await api.PostAsync("/v1/conversations", "{}")).ExpectProblem(403, "organization_suspended");
        (await api.PostAsync("/v1/auth/sign_out")).Expect(200);
        (await api.GetAsync("/v1/me")).ExpectProblem(401, "session_ended");
    }

    [Fact]
    public async Task Leaving_ends_the_sessions_that_act_in_the_organizations_name_and_no_others()
    {
        await using var own = await servers.StartAsync();
        var (first, second) = (own.Tenants.First, own.Tenants.Second);
        await own.Database.ExecuteAsync(
            "insert into organization_members (organization_id, user_id, display_name) values ($1, $2, 'Guest')", second.OrganizationId, first.User.UserId!.Value);
        using var here = own.As((await SignedIn.AsAsync(own, "user@first.test")).AccessToken);
        using var there = own.As(SignedIn.Of((await SignedIn.RefreshAsync(own, (await SignedIn.AsAsync(own, "user@first.test")).RefreshToken, second.OrganizationId)).Expect(200)).AccessToken);
        var member = await own.Database.ScalarAsync<Guid>(
            "select id from organization_members where organization_id = $1 and user_id = $2", second.OrganizationId, first.User.UserId!.Value);

        (await there.DeleteAsync($"/v1/members/{member}")).Expect(200);

        await Overmind.Testing.Poll.UntilAsync(async () => (await there.GetAsync("/v1/me")).Status == 401);
        (await here.GetAsync("/v1/me")).Expect(200);
    }

    [Fact]
    public async Task Guessing_is_slowed_and_says_how_long()
    {
        await using var own = await servers.StartAsync();
        await own.PasswordAsync("user@first.test", SignedIn.Password);
        const string wrong = """{"email":"user@first.test","password":"wrong"}""";
        for (var i = 0; i < 5; i++)
            (await own.Anonymous.PostAsync("/v1/auth/sign_in", wrong)).ExpectProblem(401, "invalid_credentials");
        (await own.Anonymous.PostAsync("/v1/auth/sign_in", wrong)).ExpectProblem(429, "too_many_attempts").Header("Retry-After").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_hash_of_other_parameters_is_made_anew_when_its_person_signs_in()
    {
        // Where nobody else gives this person another one meanwhile.
        await using var own = await servers.StartAsync();
        await SignedIn.AsAsync(own, "viewer@first.test");
        var hash = await own.Database.ScalarAsync<string>("select password_hash from users where email = 'viewer@first.test'");
        // ASP.NET Core Identity's format: version, then function, iterations and salt length, each of four bytes.
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(Convert.FromBase64String(hash).AsSpan(5)).ShouldBe(220_000u);
    }
}
