using Overmind.Jobs;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Usage;

namespace Overmind.Agents;

/// <summary>Settles by estimate a call of the playground whose server did not live to do so. Any other is settled by then, and stays as it is.</summary>
[Job(Kind)]
sealed class SettlePlaygroundCall(PlaygroundStore store) : JobHandler<SettlePlaygroundCallPayload>
{
    const string Kind = "playground.settle";

    internal static readonly JobKindOptions Options = new()
    {
        MaxAttempts = 10,
        RetryWhenLost = true,
        KeepCompleted = TimeSpan.Zero,
        CarriedBy = "It keeps the ledger whole and ends by itself.",
    };

    /// <inheritdoc/>
    public override Task HandleAsync(SettlePlaygroundCallPayload payload, JobContext context, CancellationToken cancellationToken) => store.SettleAsync(
        context.Claims, payload.Id, new ModelReference(payload.Provider, payload.Model),
        CallUsage.Estimate(CallOutcome.Lost, new ModelReference(payload.Provider, payload.Model), payload.TokensInput, ""), cancellationToken);

    internal static Statement Insert(Guid id, ModelReference model, long promptTokens, DateTimeOffset at) => JobStore.Insert(
        NewJob.Of(Kind, new SettlePlaygroundCallPayload(id, model.Provider, model.Model, promptTokens)) with { RunAt = at }, Options);
}
