namespace Overmind.Conversations.Templates;

/// <summary>What became of a segment.</summary>
public sealed record RenderedSegment
{
    public required string Name { get; init; }

    /// <summary>Tokens of its text, after it was cut.</summary>
    public required long Tokens { get; init; }

    /// <summary>Whether it came to more than its <see cref="TemplateSegment.MaxTokens"/> and was cut there.</summary>
    public required bool Cut { get; init; }

    /// <summary>Whether there is no message of it: others of a higher priority needed the room, or it came to nothing.</summary>
    public required bool LeftOut { get; init; }
}
