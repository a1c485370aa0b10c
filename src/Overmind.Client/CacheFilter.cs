namespace Overmind.Client;

/// <summary>Which answers of the response cache are listed; what is null is any.</summary>
public sealed record CacheFilter
{
    /// <summary>As <c>openai/gpt-4-turbo</c>.</summary>
    public string? Model { get; init; }

    public string? Tag { get; init; }
}
