using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>What is to change in a collection; what is null stays as it is.</summary>
public sealed record DatastoreChanges
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary><c>private</c> or <c>organization</c>.</summary>
    public string? Visibility { get; init; }

    /// <summary>Members to be set to nothing, by their JSON names: <c>description</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Clear { get; init; } = [];

    /// <summary>The <see cref="Datastore.UpdatedAt"/> it must still have; null: whatever it is.</summary>
    [JsonIgnore]
    public DateTimeOffset? UnchangedSince { get; init; }
}
