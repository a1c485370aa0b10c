namespace Overmind;

/// <summary>A page of a list.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="HasMore">Whether there are more in the direction the page was read.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, bool HasMore);
