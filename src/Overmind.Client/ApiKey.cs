namespace Overmind.Client;

/// <summary>An API key as it is listed; its secret was shown once, when it was made.</summary>
public sealed record ApiKey
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>How the key begins, to tell it by: <c>sk_live_1a2b3c4d</c>.</summary>
    public required string KeyPrefix { get; init; }

    /// <summary><c>read</c>, <c>write</c>, <c>run</c>, <c>admin</c>, or one of them for a module, as <c>jobs.read</c>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The member it acts for.</summary>
    public required Guid UserId { get; init; }

    /// <summary>False once it is revoked.</summary>
    public required bool IsActive { get; init; }

    /// <summary>Null: never. When the key was rotated, the end of its grace period.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>A few seconds late; null: never used.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Requests made with it; a few seconds late.</summary>
    public required long UsageCount { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When another key took its place, beside which it is good until <see cref="ExpiresAt"/>; null: it was not rotated.</summary>
    public DateTimeOffset? RotatedAt { get; init; }

    /// <summary>The key whose place it took; null: none.</summary>
    public Guid? Replaces { get; init; }
}
