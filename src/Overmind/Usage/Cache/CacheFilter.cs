using Overmind.Models;

namespace Overmind.Usage.Cache;

/// <summary>Which answers of the cache are listed; what is null is any.</summary>
public sealed record CacheFilter
{
    public ModelReference? Model { get; init; }

    public string? Tag { get; init; }
}
