namespace Overmind.Client;

/// <summary>An invitation to be sent by mail.</summary>
public sealed record NewInvitation
{
    public required string Email { get; init; }

    /// <summary><c>admin</c>, <c>user</c> (default) or <c>viewer</c>.</summary>
    public string? Role { get; init; }

    /// <summary>1 to 30. Default: 7.</summary>
    public int? ExpiresInDays { get; init; }
}
