using Overmind.Usage;

namespace Overmind.Agents;

/// <summary>An attempt whose call was made, but whose worker is gone: reserved in the ledger and not settled.</summary>
/// <param name="PromptTokens">The estimate that was reserved.</param>
/// <param name="Streamed">What had been stored of its answer.</param>
sealed record OrphanedAttempt(StepState Step, long PromptTokens, string Streamed)
{
    /// <summary>The attempt, to be priced and settled.</summary>
    public EndedCall Ended => new(Step.LedgerId, Step.Model, CallUsage.Estimate(CallOutcome.Lost, Step.Model, PromptTokens, Streamed));
}
