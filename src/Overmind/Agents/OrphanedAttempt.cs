namespace Overmind.Agents;

/// <summary>An attempt whose call was made, but whose worker is gone: reserved in the ledger and not settled.</summary>
/// <param name="PromptTokens">The estimate that was reserved.</param>
/// <param name="Streamed">What had been stored of its answer.</param>
sealed record OrphanedAttempt(StepState Step, long PromptTokens, string Streamed);
