namespace Overmind.Usage;

/// <summary>Which prices are listed; null: all.</summary>
public sealed record PriceFilter
{
    /// <summary>The organization's, or the catalogue's.</summary>
    public PriceSource? Source { get; init; }

    /// <summary>Key of the provider.</summary>
    public string? Provider { get; init; }

    /// <summary>A model that calls name: the prices that they may be charged by, whatever the names are under which those stand. With <see cref="Provider"/> alone.</summary>
    public string? Model { get; init; }
}
