namespace Overmind.Client;

/// <summary>What a model costs now, for short prompts.</summary>
/// <param name="PerMillion">US dollars for a million tokens of each kind.</param>
/// <param name="PerCall">US dollars for what is counted by the call.</param>
/// <param name="IsOwn">True for a price that the organization has set; false for the catalogue's.</param>
public sealed record ModelPrice(PricePerMillion PerMillion, PricePerCall PerCall, bool IsOwn);
