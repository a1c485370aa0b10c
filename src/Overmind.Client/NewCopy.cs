namespace Overmind.Client;

/// <summary>What a copy is called.</summary>
sealed record NewCopy(string? Key);
