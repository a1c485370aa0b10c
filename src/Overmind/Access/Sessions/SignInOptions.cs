namespace Overmind.Access.Sessions;

/// <summary>How long people stay signed in.</summary>
public sealed record SignInOptions
{
    /// <summary>Who access tokens say that they are from (<c>iss</c>), the same on all nodes. Default: <c>overmind</c>.</summary>
    public string Issuer { get; init; } = "overmind";

    /// <summary>Default: 15 minutes. A session that is ended ends its access tokens at once; the time is for those who verify them by themselves.</summary>
    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a session lasts that is not refreshed. Default: 30 days.</summary>
    public TimeSpan RefreshLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long after its first use a refresh token gives the same successor once more, to callers that refresh at once. Default: 10 seconds.</summary>
    public TimeSpan ReuseWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the console's cookie lasts without use. Default: 7 days.</summary>
    public TimeSpan CookieLifetime { get; init; } = TimeSpan.FromDays(7);
}
