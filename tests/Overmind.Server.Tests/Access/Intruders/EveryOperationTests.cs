namespace Overmind.Server.Tests.Access.Intruders;

/// <summary>
/// Every operation of docs/openapi.json is tried by everybody who must not be let in: without credentials, with those of others, with what has ended, with
/// every forged token. Each is refused for the right reason, nothing is written, and who is known stands in the audit log.
/// </summary>
public sealed class EveryOperationTests(BesiegedServer server) : IClassFixture<BesiegedServer>
{
    // Everything else asks who is there.
    static readonly Dictionary<string, string> Public = new()
    {
        ["GET /health"] = "a load balancer has no key; it says that the process answers",
        ["GET /ready"] = "the same; it says that the database answers",
        ["GET /errors/{code}"] = "documentation",
        ["GET /openapi/v1.json"] = "documentation",
        ["GET /openapi/organization_settings.json"] = "documentation",
        ["GET /v1/shared/{token}"] = "says what may be read: the token of a link",
        ["POST /v1/auth/sign_in"] = "says who is there: e-mail and password",
        ["POST /v1/auth/refresh"] = "says who is there: a refresh token",
        ["POST /v1/auth/sign_up"] = "nobody has an account yet; sends a mail and says nothing else",
        ["POST /v1/auth/sign_up/confirm"] = "says who is there: the token of a mail",
        ["POST /v1/auth/password/forgot"] = "who forgot it cannot sign in; sends a mail and says nothing else",
        ["POST /v1/auth/password/reset"] = "says who is there: the token of a mail",
        ["POST /v1/auth/email/verify"] = "says who is there: the token of a mail",
        ["POST /v1/invitations/accept"] = "says who is there: the token of a mail",
    };

    // A viewer may do these, and so may anybody with an account, wherever they are a member.
    static readonly Dictionary<string, string> OnesOwn = new()
    {
        ["PATCH /v1/preferences"] = "how one's own console looks",
        ["PATCH /v1/profile"] = "what one says of oneself",
        ["PUT /v1/traits/{trait_key}"] = "what one says of oneself",
        ["DELETE /v1/traits/{trait_key}"] = "what one says of oneself",
        ["POST /v1/auth/password"] = "one's own password, by the one before",
        ["POST /v1/auth/sign_out"] = "one's own session",
        ["DELETE /v1/sessions"] = "one's own sessions",
        ["DELETE /v1/sessions/{session_id}"] = "one's own session",
        ["POST /v1/auth/email/send_verification"] = "a mail to oneself",
        ["POST /v1/organizations"] = "an organization of one's own",
    };

    public static TheoryData<string> Guarded => [.. Operation.All.Keys.Except(Public.Keys)];

    [Theory, MemberData(nameof(Guarded))]
    public async Task It_lets_nobody_in_who_must_not_get_in_and_writes_nothing_for_them(string name)
    {
        var operation = Operation.All[name];
        var intruders = server.IntrudersOf(operation, isOnesOwn: OnesOwn.ContainsKey(name)).ToList();

        var answers = await Task.WhenAll(intruders.Select(intruder => server.AskAsync(operation, intruder)));

        foreach (var (intruder, answer) in intruders.Zip(answers))
            intruder.ShouldBeRefused(answer);
        (await server.ChangedTablesAsync()).ShouldBeEmpty();
        var known = answers.Where(answer => answer.Status == 403 && answer.Code != "identity_unknown")
            .Select(answer => $"{answer.Header("X-Request-Id")} {answer.Code}");
        known.Except(await server.RefusalsAsync(operation)).ShouldBeEmpty("who is known and refused stands in the audit log");
    }

    [Fact]
    public async Task What_the_forged_tokens_are_made_of_is_let_in()
    {
        foreach (var answer in await server.AskWithGoodTokensAsync())
            answer.Expect(200);
    }

    [Fact]
    public void What_asks_for_no_credentials_is_a_short_list_with_reasons() =>
        Operation.All.Values.Where(operation => operation.IsPublic).Select(operation => operation.Name).ShouldBe(Public.Keys, ignoreOrder: true);

    [Fact]
    public void What_is_ones_own_is_still_there() => OnesOwn.Keys.Except(Operation.All.Keys).ShouldBeEmpty();
}
