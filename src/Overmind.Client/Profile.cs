namespace Overmind.Client;

/// <summary>What a person says of themselves, in every organization they belong to.</summary>
public sealed record Profile
{
    /// <summary>The person.</summary>
    public required Guid Id { get; init; }

    public required string Email { get; init; }

    public required bool EmailVerified { get; init; }

    public required string DisplayName { get; init; }

    public string? AvatarUrl { get; init; }

    /// <summary>By its IANA name.</summary>
    public required string Timezone { get; init; }

    public DateTimeOffset? LastLoginAt { get; init; }

    /// <summary>Up to a minute late.</summary>
    public DateTimeOffset? LastActiveAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
