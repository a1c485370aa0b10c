using System.Text.Json;
using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>What is to change in a message; what is null stays as it is.</summary>
public sealed record MessageChanges
{
    /// <summary>1 character to 1 MiB in UTF-8.</summary>
    public string? Content { get; init; }

    public JsonElement? ContentParts { get; init; }

    /// <summary>All metadata, replacing what is there.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Why, up to 500 characters; kept with the version.</summary>
    public string? ChangeReason { get; init; }

    /// <summary>Members to be set to nothing, by their JSON names: <c>content_parts</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Clear { get; init; } = [];

    /// <summary>The <see cref="Message.UpdatedAt"/> it must still have; null: whatever it is.</summary>
    [JsonIgnore]
    public DateTimeOffset? UnchangedSince { get; init; }
}
