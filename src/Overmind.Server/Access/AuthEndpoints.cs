using Overmind.Access;
using Overmind.Access.Accounts;
using Overmind.Access.Sessions;
using Overmind.Errors;
using Overmind.Server.Http;

namespace Overmind.Server.Access;

/// <summary><c>/v1/auth</c>: signing in and going on, making an account, passwords. What comes and goes there is secret, so that nothing of it is kept for repeats.</summary>
sealed class AuthEndpoints(SessionService sessions, AccountService accounts)
{
    const string SentMessage = "If the address can be used for this, a mail with a link is on its way.";

    public void Map(ApiRoutes routes)
    {
        routes.PostAnonymous("/v1/auth/sign_in", SignInAsync);
        routes.PostAnonymous("/v1/auth/refresh", RefreshAsync);
        routes.PostSecret("/v1/auth/sign_out", SignOutAsync);
        routes.PostAnonymous("/v1/auth/sign_up", SignUpAsync);
        routes.PostAnonymous("/v1/auth/sign_up/confirm", ConfirmAsync);
        routes.PostSecret("/v1/auth/password", ChangePasswordAsync);
        routes.PostAnonymous("/v1/auth/password/forgot", ForgotPasswordAsync);
        routes.PostAnonymous("/v1/auth/password/reset", ResetPasswordAsync);
        routes.PostSecret("/v1/auth/email/send_verification", SendVerificationAsync);
        routes.PostAnonymous("/v1/auth/email/verify", VerifyEmailAsync);
    }

    async Task SignInAsync(HttpContext http)
    {
        using var body = await RequestBody.ReadAsync(http);
        var (email, password) = (body.RequiredText("email"), body.RequiredText("password"));
        var (organizationId, deviceName) = (body.Id("organization_id"), body.Text("device_name"));
        body.End();
        await WriteAsync(http, StatusCodes.Status200OK, await sessions.SignInAsync(email, password, organizationId, deviceName, http.Origin(), http.RequestAborted));
    }

    async Task RefreshAsync(HttpContext http)
    {
        using var body = await RequestBody.ReadAsync(http);
        var (token, organizationId) = (body.RequiredText("refresh_token"), body.Id("organization_id"));
        body.End();
        await WriteAsync(http, StatusCodes.Status200OK, await sessions.RefreshAsync(token, organizationId, http.Origin(), http.RequestAborted));
    }

    async Task SignOutAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        body.End();
        var session = caller.SessionId ?? throw new OvermindException(ErrorCode.SessionNotFound, "Only an access token of this server belongs to a session.");
        await sessions.RevokeAsync(caller.Claims, session, isSignOut: true, http.RequestAborted);
        await AcknowledgeAsync(http, StatusCodes.Status200OK, "Signed out.");
    }

    async Task SignUpAsync(HttpContext http)
    {
        using var body = await RequestBody.ReadAsync(http);
        var (email, name) = (body.RequiredText("email"), body.RequiredText("name"));
        body.End();
        await accounts.SignUpAsync(email, name, http.Origin(), http.RequestAborted);
        await AcknowledgeAsync(http, StatusCodes.Status202Accepted, SentMessage);
    }

    async Task ConfirmAsync(HttpContext http)
    {
        using var body = await RequestBody.ReadAsync(http);
        var (token, name, password) = (body.RequiredText("token"), body.Text("name"), body.RequiredText("password"));
        body.End();
        var claims = await accounts.ConfirmSignUpAsync(token, name, password, http.Origin(), http.RequestAborted);
        await WriteAsync(http, StatusCodes.Status201Created, await sessions.StartAsync(claims, null, http.Origin(), http.RequestAborted));
    }

    async Task ChangePasswordAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var (current, password) = (body.RequiredText("current_password"), body.RequiredText("password"));
        body.End();
        await accounts.ChangePasswordAsync(caller.Claims, caller.SessionId, current, password, http.Origin(), http.RequestAborted);
        await AcknowledgeAsync(http, StatusCodes.Status200OK, "The password is changed. Other sessions have ended.");
    }

    async Task ForgotPasswordAsync(HttpContext http)
    {
        using var body = await RequestBody.ReadAsync(http);
        var email = body.RequiredText("email");
        body.End();
        await accounts.ForgotPasswordAsync(email, http.Origin(), http.RequestAborted);
        await AcknowledgeAsync(http, StatusCodes.Status202Accepted, SentMessage);
    }

    async Task ResetPasswordAsync(HttpContext http)
    {
        using var body = await RequestBody.ReadAsync(http);
        var (token, password) = (body.RequiredText("token"), body.RequiredText("password"));
        body.End();
        await accounts.ResetPasswordAsync(token, password, http.Origin(), http.RequestAborted);
        await AcknowledgeAsync(http, StatusCodes.Status200OK, "The password is set. All sessions have ended: sign in.");
    }

    async Task SendVerificationAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        body.End();
        await accounts.SendVerificationAsync(caller.Claims, http.RequestAborted);
        await AcknowledgeAsync(http, StatusCodes.Status202Accepted, SentMessage);
    }

    async Task VerifyEmailAsync(HttpContext http)
    {
        using var body = await RequestBody.ReadAsync(http);
        var token = body.RequiredText("token");
        body.End();
        await accounts.VerifyEmailAsync(token, http.RequestAborted);
        await AcknowledgeAsync(http, StatusCodes.Status200OK, "The address is verified.");
    }

    internal static Task WriteAsync(HttpContext http, int status, SessionTokens tokens)
    {
        http.Response.Headers.CacheControl = "no-store";
        return http.WriteJsonAsync(status, tokens, ServerJson.Default.SessionTokens);
    }

    static Task AcknowledgeAsync(HttpContext http, int status, string message) =>
        http.WriteJsonAsync(status, new Acknowledgement(message), ServerJson.Default.Acknowledgement);
}
