namespace Overmind.Usage;

/// <summary>What something adds up to.</summary>
/// <param name="Of"><c>token_usage</c>, <c>token_usage_daily</c>, or <c>usage_metrics</c> with its dimension and grain.</param>
/// <param name="Tokens">Tokens in and out. As text, because numbers of the database have more digits than those of programs.</param>
/// <param name="CostUsd">Cost in US dollars, as far as it is known, not rounded.</param>
sealed record UsageSum(string Of, string Tokens, string CostUsd);
