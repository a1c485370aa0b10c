namespace Overmind.Client;

/// <summary>A message of a context template.</summary>
public sealed record TemplateSegment
{
    /// <summary>1 to 100 characters, each of them once in a template.</summary>
    public required string Name { get; init; }

    /// <summary><c>system</c>, <c>user</c> or <c>assistant</c>.</summary>
    public required string Role { get; init; }

    /// <summary>1 to 100,000 characters; <c>{{name}}</c> stands for the value of that variable.</summary>
    public required string Content { get; init; }

    /// <summary>0 to 100: where not all segments fit, those of the lowest are left out. Default: 50.</summary>
    public int? Priority { get; init; }

    /// <summary>The most tokens it has, from 1: it is cut there. Default: as many as it comes to.</summary>
    public int? MaxTokens { get; init; }
}
