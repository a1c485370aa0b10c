using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>What is to change in a profile; what is null stays as it is.</summary>
public sealed record ProfileChanges
{
    /// <summary>1 to 255 characters.</summary>
    public string? DisplayName { get; init; }

    /// <summary>With https, at most 500 characters.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>By its IANA name.</summary>
    public string? Timezone { get; init; }

    /// <summary>The members that are to be none again: <c>avatar_url</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Clear { get; init; } = [];

    /// <summary>The <see cref="Profile.UpdatedAt"/> it must still have; null: whatever it is.</summary>
    [JsonIgnore]
    public DateTimeOffset? UnchangedSince { get; init; }
}
