namespace Overmind.Client;

/// <summary>Where one is signed in.</summary>
public sealed record Session
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required Guid OrganizationId { get; init; }

    /// <summary><c>web</c> or <c>api</c>.</summary>
    public required string DeviceType { get; init; }

    public string? DeviceName { get; init; }

    public string? IpAddress { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>Whether it is the one that asks.</summary>
    public bool IsCurrent { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>To within two minutes.</summary>
    public required DateTimeOffset LastActiveAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
