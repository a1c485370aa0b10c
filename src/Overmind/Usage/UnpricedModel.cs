namespace Overmind.Usage;

/// <summary>A model that was called and whose price is not known: what it cost is in no sum.</summary>
public sealed record UnpricedModel
{
    /// <summary>Key of the provider.</summary>
    public required string Provider { get; init; }

    public required string Model { get; init; }

    /// <summary>Calls without a cost.</summary>
    public required long Calls { get; init; }

    public required long TokensInput { get; init; }

    public required long TokensOutput { get; init; }

    public required DateTimeOffset FirstCallAt { get; init; }

    public required DateTimeOffset LastCallAt { get; init; }
}
