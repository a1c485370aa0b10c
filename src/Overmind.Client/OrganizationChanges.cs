using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>What is to change in an organization; what is null stays as it is.</summary>
public sealed record OrganizationChanges
{
    /// <summary>1 to 255 characters.</summary>
    public string? Name { get; init; }

    /// <summary>2 to 100 lower-case letters, digits and single hyphens.</summary>
    public string? Slug { get; init; }

    /// <summary>At most 50, replacing what is there.</summary>
    public IReadOnlyList<string>? EnabledFeatures { get; init; }

    /// <summary>At most 50, replacing what is there.</summary>
    public IReadOnlyList<string>? ExperimentalFeatures { get; init; }

    /// <summary>Time zone in which its days and months begin, by its IANA name.</summary>
    public string? Timezone { get; init; }

    /// <summary>The <see cref="Organization.UpdatedAt"/> it must still have; null: whatever it is.</summary>
    [JsonIgnore]
    public DateTimeOffset? UnchangedSince { get; init; }
}
