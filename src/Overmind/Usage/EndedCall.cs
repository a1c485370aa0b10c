using Overmind.Models;

namespace Overmind.Usage;

/// <summary>A call to be priced.</summary>
/// <param name="LedgerId">Its reserved row of the ledger, which says when it began; null for a call that is only thought of: as if it began now.</param>
sealed record EndedCall(Guid? LedgerId, ModelReference Model, CallUsage Usage)
{
    /// <summary>A call that is only thought of.</summary>
    public static EndedCall Imagined(ModelReference model, long tokensInput, long tokensOutput) => new(null, model, new CallUsage
    {
        Counts = new TokenCounts { Input = tokensInput, Output = tokensOutput },
        Outcome = CallOutcome.Succeeded,
    });
}
