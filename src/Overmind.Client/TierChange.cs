namespace Overmind.Client;

sealed record TierChange(string Tier);
