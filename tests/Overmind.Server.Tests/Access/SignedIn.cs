using System.Text.Json;

namespace Overmind.Server.Tests.Access;

/// <summary>Tokens as the API gave them.</summary>
sealed record SignedIn(string AccessToken, string RefreshToken, Guid SessionId)
{
    public static async Task<SignedIn> AsAsync(ApiServer server, string email, string? device = null)
    {
        await server.PasswordAsync(email, Password);
        return Of((await server.Anonymous.PostAsync("/v1/auth/sign_in", JsonSerializer.Serialize(new { email, password = Password, device_name = device }))).Expect(200));
    }

    public const string Password = "correct horse battery";

    public static SignedIn Of(Answer answer) => new(
        answer.Json.Text("access_token")!, answer.Json.Text("refresh_token")!, answer.Json.GetProperty("session_id").GetGuid());

    public static Task<Answer> RefreshAsync(ApiServer server, string token, Guid? organization = null) =>
        server.Anonymous.PostAsync("/v1/auth/refresh", JsonSerializer.Serialize(new { refresh_token = token, organization_id = organization }));
}
