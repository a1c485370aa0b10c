namespace Overmind.Usage;

/// <summary>A part of the day in UTC.</summary>
/// <param name="From">As <c>22:00</c>.</param>
/// <param name="To">The first minute that is none of it; before <paramref name="From"/>: over midnight.</param>
public sealed record PriceHours(string From, string To);
