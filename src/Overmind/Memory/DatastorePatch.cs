using Overmind.Conversations;

namespace Overmind.Memory;

/// <summary>What is to change in a collection; a member left null stays as it is.</summary>
public sealed record DatastorePatch
{
    public string? Name { get; init; }

    public Change<string?>? Description { get; init; }

    public Visibility? Visibility { get; init; }

    internal void Check() => NewDatastore.Check(Name, Description?.Value);
}
