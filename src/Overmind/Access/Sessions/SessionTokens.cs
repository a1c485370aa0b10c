namespace Overmind.Access.Sessions;

/// <summary>What a program acts with after it has signed in. Members as RFC 6749, section 5.1, names them.</summary>
public sealed record SessionTokens
{
    /// <summary>Always <c>session.tokens</c>.</summary>
    public string Object { get; } = "session.tokens";

    /// <summary>A JWT, to be sent as <c>Authorization: Bearer …</c>; secret.</summary>
    public required string AccessToken { get; init; }

    /// <summary>Always <c>bearer</c>.</summary>
    public string TokenType { get; } = "bearer";

    /// <summary>For how many seconds the access token is good.</summary>
    public required int ExpiresIn { get; init; }

    /// <summary>Good once, for the next pair; secret.</summary>
    public required string RefreshToken { get; init; }

    public required Guid SessionId { get; init; }

    public required Guid UserId { get; init; }

    public required Guid OrganizationId { get; init; }

    /// <summary>What the member may do: admin, user or viewer.</summary>
    public required string Role { get; init; }
}
