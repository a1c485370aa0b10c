using System.Text.Json;
using System.Text.Json.Nodes;

namespace Overmind.Client;

/// <summary>
/// Signing in, accounts and passwords. What starts without an API key is called on a client without one: <c>new OvermindClient(new HttpClient { BaseAddress = url })</c>.
/// Nothing of it but a refresh is repeated after a lost answer.
/// </summary>
public sealed class AuthClient
{
    readonly ApiConnection _connection;

    internal AuthClient(ApiConnection connection) => _connection = connection;

    public Task<SessionTokens> SignInAsync(NewSignIn signIn, CancellationToken cancellationToken = default) => _connection.PostOnceAsync(
        "/v1/auth/sign_in", JsonSerializer.SerializeToUtf8Bytes(signIn, ClientJson.Default.NewSignIn), ClientJson.Default.SessionTokens, cancellationToken);

    /// <summary>The next pair of tokens. Callers that do it at once, within 10 seconds, are given the same refresh token.</summary>
    /// <param name="organizationId">In which of one's organizations from now on; null: as before.</param>
    public Task<SessionTokens> RefreshAsync(string refreshToken, Guid? organizationId = null, CancellationToken cancellationToken = default) =>
        _connection.PostAgainAsync(
            "/v1/auth/refresh", Bytes(new() { ["refresh_token"] = refreshToken, ["organization_id"] = organizationId }), ClientJson.Default.SessionTokens, cancellationToken);

    /// <summary>Ends the session of the access token that this client uses.</summary>
    public Task SignOutAsync(CancellationToken cancellationToken = default) => TellAsync("sign_out", [], cancellationToken);

    /// <summary>Has a link sent to the address, where an account is made with it.</summary>
    public Task SignUpAsync(string email, string name, CancellationToken cancellationToken = default) =>
        TellAsync("sign_up", new() { ["email"] = email, ["name"] = name }, cancellationToken);

    /// <summary>Makes the account that a link is for.</summary>
    /// <param name="token">What stands in the link behind <c>token=</c>.</param>
    public Task<SessionTokens> ConfirmSignUpAsync(string token, string password, CancellationToken cancellationToken = default) =>
        SendAsync("sign_up/confirm", new() { ["token"] = token, ["password"] = password }, cancellationToken);

    /// <summary>Has a link sent to the address, if it has an account, where a new password is set.</summary>
    public Task ForgotPasswordAsync(string email, CancellationToken cancellationToken = default) =>
        TellAsync("password/forgot", new() { ["email"] = email }, cancellationToken);

    /// <summary>Sets the password of the account that a link is for; all of its sessions end.</summary>
    public Task ResetPasswordAsync(string token, string password, CancellationToken cancellationToken = default) =>
        TellAsync("password/reset", new() { ["token"] = token, ["password"] = password }, cancellationToken);

    /// <summary>Changes one's own password; one's other sessions end.</summary>
    public Task ChangePasswordAsync(string currentPassword, string password, CancellationToken cancellationToken = default) =>
        TellAsync("password", new() { ["current_password"] = currentPassword, ["password"] = password }, cancellationToken);

    /// <summary>Has a link sent to one's own address, which shows that it is one's own.</summary>
    public Task SendVerificationAsync(CancellationToken cancellationToken = default) => TellAsync("email/send_verification", [], cancellationToken);

    public Task VerifyEmailAsync(string token, CancellationToken cancellationToken = default) =>
        TellAsync("email/verify", new() { ["token"] = token }, cancellationToken);

    Task<SessionTokens> SendAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        _connection.PostOnceAsync($"/v1/auth/{path}", Bytes(body), ClientJson.Default.SessionTokens, cancellationToken);

    Task<JsonElement> TellAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        _connection.PostOnceAsync($"/v1/auth/{path}", Bytes(body), ClientJson.Default.JsonElement, cancellationToken);

    static byte[] Bytes(JsonObject body) => System.Text.Encoding.UTF8.GetBytes(body.ToJsonString());
}
