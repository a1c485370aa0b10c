namespace Overmind.Client;

/// <summary>Which answers are not to be given any more: exactly one of the three.</summary>
public sealed record CacheInvalidation
{
    public string? Tag { get; init; }

    /// <summary>As <c>openai/gpt-4-turbo</c>.</summary>
    public string? Model { get; init; }

    /// <summary>All that the caller may remove.</summary>
    public bool? All { get; init; }
}
