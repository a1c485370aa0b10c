namespace Overmind.Client;

/// <summary>What a program acts with after it has signed in.</summary>
public sealed record SessionTokens
{
    /// <summary>For <see cref="OvermindClient(Uri, string)"/>, in place of an API key; secret.</summary>
    public required string AccessToken { get; init; }

    /// <summary>For how many seconds the access token is good.</summary>
    public required int ExpiresIn { get; init; }

    /// <summary>Good once, for the next pair; secret.</summary>
    public required string RefreshToken { get; init; }

    public required Guid SessionId { get; init; }

    public required Guid UserId { get; init; }

    public required Guid OrganizationId { get; init; }

    /// <summary><c>admin</c>, <c>user</c> or <c>viewer</c>.</summary>
    public required string Role { get; init; }
}
