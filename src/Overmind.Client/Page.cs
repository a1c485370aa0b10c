using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>A page of a list.</summary>
public sealed record Page<T>
{
    /// <summary>In the list's order.</summary>
    [JsonPropertyName("data")]
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>The cursor for <see cref="PageRequest.Before"/>; null when the page is empty.</summary>
    public Guid? FirstId { get; init; }

    /// <summary>The cursor for <see cref="PageRequest.After"/>; null when the page is empty.</summary>
    public Guid? LastId { get; init; }

    /// <summary>Whether there are more in the direction the page was read.</summary>
    public required bool HasMore { get; init; }
}
