namespace Overmind.Client;

/// <summary>What a context template says with values in their places.</summary>
public sealed record RenderedTemplate
{
    public required Guid TemplateId { get; init; }

    public required int Version { get; init; }

    /// <summary>What a conversation begins with: the segments that were not left out.</summary>
    public required IReadOnlyList<RenderedMessage> Messages { get; init; }

    /// <summary>Tokens of the messages' texts.</summary>
    public required long Tokens { get; init; }

    /// <summary>Whether tokens are estimated, one for 4 bytes, because the model publishes no tokenizer.</summary>
    public required bool IsEstimated { get; init; }

    /// <summary>All segments, in their order.</summary>
    public required IReadOnlyList<RenderedSegment> Segments { get; init; }
}
