using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>More of an answer, or its end.</summary>
/// <param name="Text">What is new; may be empty.</param>
/// <param name="Result">The last update has it.</param>
public sealed record PlaygroundUpdate(string Text, PlaygroundResult? Result)
{
    /// <summary>What the response cache did; the first update has it.</summary>
    public CacheStatus? Cache { get; init; }
}
