namespace Overmind.Client;

/// <summary>What pricing a period anew changes, or has changed.</summary>
public sealed record Repricing
{
    /// <summary>True when it is written.</summary>
    public required bool IsApplied { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>By provider and model.</summary>
    public required IReadOnlyList<RepricedModel> Models { get; init; }

    /// <summary>Calls whose cost is another.</summary>
    public required long Changed { get; init; }

    /// <summary>US dollars that the period costs more.</summary>
    public required decimal Difference { get; init; }
}
