using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>A page of what was found, the most relevant first.</summary>
public sealed record SearchResults
{
    [JsonPropertyName("data")]
    public required IReadOnlyList<SearchResult> Items { get; init; }

    /// <summary>The cursor for <see cref="SearchQuery.After"/>; null when the page is empty.</summary>
    public Guid? LastId { get; init; }

    /// <summary>Whether more follow.</summary>
    public required bool HasMore { get; init; }

    /// <summary>Whether all that matches was put in order; else the newest 1,000 matches were.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>By what was searched: <c>hybrid</c>, <c>text</c> or <c>semantic</c>.</summary>
    public string Mode { get; init; } = "text";

    /// <summary>What became of the meaning: <c>used</c>, <c>unused</c>, or <c>unavailable</c>: the query could not be embedded, and words alone were looked for.</summary>
    public string Vector { get; init; } = "unused";
}
