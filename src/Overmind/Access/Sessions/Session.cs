namespace Overmind.Access.Sessions;

/// <summary>Where somebody is signed in.</summary>
public sealed record Session
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>session</c>.</summary>
    public string Object { get; } = "session";

    public required Guid UserId { get; init; }

    /// <summary>The organization it acts in, unless a request chooses another.</summary>
    public required Guid OrganizationId { get; init; }

    public required DeviceType DeviceType { get; init; }

    /// <summary>What the person calls the device; null: nothing.</summary>
    public string? DeviceName { get; init; }

    /// <summary>Where it was last signed in or refreshed from.</summary>
    public string? IpAddress { get; init; }

    /// <summary>What it called itself then.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Whether it is the one that asks.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>When it ends by itself; moved on while it is used.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>To within two minutes.</summary>
    public required DateTimeOffset LastActiveAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
