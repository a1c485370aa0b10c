using System.Text.Json.Serialization;

namespace Overmind.Conversations.Templates;

/// <summary>A message of a context template.</summary>
public sealed record TemplateSegment
{
    /// <summary>What <see cref="Priority"/> is unless it is given.</summary>
    public const int DefaultPriority = 50;

    /// <summary>1 to 100 characters, each of them once in a template.</summary>
    public required string Name { get; init; }

    /// <summary>System, user or assistant.</summary>
    [JsonConverter(typeof(LowerSnakeEnum<MessageRole>))]
    public required MessageRole Role { get; init; }

    /// <summary>1 to 100,000 characters; <c>{{name}}</c> stands for the value of that variable, and for nothing else.</summary>
    public required string Content { get; init; }

    /// <summary>0 to 100. Where not all segments fit, those of the lowest are left out.</summary>
    public int Priority { get; init; } = DefaultPriority;

    /// <summary>The most tokens it has, from 1: with its values it is cut there. Null: as many as it comes to.</summary>
    public int? MaxTokens { get; init; }
}
