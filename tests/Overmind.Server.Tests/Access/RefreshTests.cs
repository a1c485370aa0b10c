namespace Overmind.Server.Tests.Access;

public class RefreshTests(ApiServers servers)
{
    readonly ApiServer server = servers.Fast;

    [Fact]
    public async Task A_refresh_token_gives_the_next_pair()
    {
        var first = await SignedIn.AsAsync(server, "user@first.test");
        var second = SignedIn.Of((await SignedIn.RefreshAsync(server, first.RefreshToken)).Expect(200));
        second.SessionId.ShouldBe(first.SessionId);
        second.RefreshToken.ShouldNotBe(first.RefreshToken);
        using var api = server.As(second.AccessToken);
        (await api.GetAsync("/v1/me")).Expect(200);
        SignedIn.Of((await SignedIn.RefreshAsync(server, second.RefreshToken)).Expect(200)).RefreshToken.ShouldNotBe(second.RefreshToken);
    }

    [Fact]
    public async Task Callers_who_refresh_at_once_are_given_the_same_successor()
    {
        var signedIn = await SignedIn.AsAsync(server, "user@first.test");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SignedIn.RefreshAsync(server, signedIn.RefreshToken)));
        answers.Select(answer => SignedIn.Of(answer.Expect(200)).RefreshToken).Distinct().Count().ShouldBe(1);
        (await server.Database.ScalarAsync<long>("select count(*) from overmind.refresh_tokens where session_id = $1", signedIn.SessionId)).ShouldBe(2);
    }

    [Fact]
    public async Task A_refresh_token_used_twice_revokes_its_family()
    {
        var first = await SignedIn.AsAsync(server, "user@first.test");
        var second = SignedIn.Of((await SignedIn.RefreshAsync(server, first.RefreshToken)).Expect(200));
        await server.Database.ExecuteAsync("update overmind.refresh_tokens set used_at = used_at - interval '11 seconds' where session_id = $1", first.SessionId);

        (await SignedIn.RefreshAsync(server, first.RefreshToken)).ExpectProblem(401, "refresh_token_reused");

        (await SignedIn.RefreshAsync(server, second.RefreshToken)).ExpectProblem(401, "session_ended");
        using var api = server.As(second.AccessToken);
        (await api.GetAsync("/v1/me")).ExpectProblem(401, "session_ended");
    }

    [Fact]
    public async Task A_token_that_is_none_or_of_a_session_that_has_expired_gives_nothing()
    {
        var signedIn = await SignedIn.AsAsync(server, "user@first.test");
        foreach (var wrong in new[] { "", "rt_live_", signedIn.RefreshToken[..^1], signedIn.RefreshToken.ToUpperInvariant(), "rt_live_" + new string('0', 64), signedIn.AccessToken })
            (await SignedIn.RefreshAsync(server, wrong)).ExpectProblem(401, "invalid_refresh_token");
        await server.Database.ExecuteAsync("update sessions set expires_at = now() where id = $1", signedIn.SessionId);
        (await SignedIn.RefreshAsync(server, signedIn.RefreshToken)).ExpectProblem(401, "session_ended");
    }

    [Fact]
    public async Task A_refresh_may_move_the_session_to_another_organization_of_its_person()
    {
        await using var own = await servers.StartAsync();
        var (first, second) = (own.Tenants.First, own.Tenants.Second);
        await own.Database.ExecuteAsync(
            "insert into organization_members (organization_id, user_id, display_name, role) values ($1, $2, 'Guest', 'viewer')", second.OrganizationId, first.User.UserId!.Value);
        var signedIn = await SignedIn.AsAsync(own, "user@first.test");
        (await SignedIn.RefreshAsync(own, signedIn.RefreshToken, Guid.CreateVersion7())).ExpectProblem(403, "not_a_member");
        var moved = (await SignedIn.RefreshAsync(own, signedIn.RefreshToken, second.OrganizationId)).Expect(200).Json;
        (moved.Text("organization_id"), moved.Text("role")).ShouldBe((second.OrganizationId.ToString(), "viewer"));
    }
}
