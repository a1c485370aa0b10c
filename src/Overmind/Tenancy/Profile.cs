namespace Overmind.Tenancy;

/// <summary>What a person says of themselves, in every organization they belong to.</summary>
public sealed record Profile
{
    /// <summary>The person.</summary>
    public required Guid Id { get; init; }

    /// <summary>Always <c>profile</c>.</summary>
    public string Object { get; } = "profile";

    public required string Email { get; init; }

    public required bool EmailVerified { get; init; }

    /// <summary>1 to 255 characters.</summary>
    public required string DisplayName { get; init; }

    /// <summary>An address with https; null for none.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>By its IANA name, as <c>Europe/Paris</c>. Default: UTC.</summary>
    public required string Timezone { get; init; }

    public DateTimeOffset? LastLoginAt { get; init; }

    /// <summary>Up to a minute late.</summary>
    public DateTimeOffset? LastActiveAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
