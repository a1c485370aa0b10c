using Overmind.Agents;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Models.Providers;
using Overmind.Postgres;
using Overmind.Usage;

namespace Overmind.Bench.Budgets;

/// <summary>Calls that are reserved and settled, as the server does it.</summary>
sealed class BudgetCalls(Database database, Claims claims)
{
    static readonly ModelReference Model = new("openai", "gpt-4o");

    readonly PlaygroundStore store = new(database, TimeProvider.System);

    /// <summary>Whether the call may be made, and if not whether others hold what is left.</summary>
    public async Task<(bool May, bool IsBusy)> ReserveAsync(Guid id, CancellationToken cancellationToken)
    {
        var call = new ReservedCall { Id = id, What = "completion", Model = Model, PromptTokens = 500, MaxTokens = 500 };
        try
        {
            await store.ReserveAsync(claims, call, TimeProvider.System.GetUtcNow().AddMinutes(15), cancellationToken);
            return (true, false);
        }
        catch (OvermindException refused) when (refused.Budget is { } block)
        {
            return (false, block.IsBusy);
        }
    }

    /// <param name="tokensOutput">At most the 500 that were held.</param>
    public Task SettleAsync(Guid id, int tokensOutput) => store.SettleAsync(
        claims, id, Model, new CallUsage { Counts = new TokenCounts { Input = 500, Output = tokensOutput }, Outcome = CallOutcome.Succeeded });
}
