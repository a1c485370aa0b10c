using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>What is to change in a price; what is null stays as it is.</summary>
public sealed record PriceChanges
{
    /// <summary>All amounts for a million tokens, replacing what is there.</summary>
    public PricePerMillion? PerMillion { get; init; }

    /// <summary>All amounts for a call, replacing what is there.</summary>
    public PricePerCall? PerCall { get; init; }

    public DateTimeOffset? ValidFrom { get; init; }

    public DateTimeOffset? ValidTo { get; init; }

    public string? Note { get; init; }

    /// <summary>Members to be set to null: <c>valid_from</c>, <c>valid_to</c>, <c>note</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Clear { get; init; } = [];

    /// <summary>The <see cref="Price.UpdatedAt"/> it must still have; null: whatever it is.</summary>
    [JsonIgnore]
    public DateTimeOffset? UnchangedSince { get; init; }
}
