using Microsoft.Extensions.AI;
using Overmind.Models;
using Overmind.Models.Providers;
using Overmind.Models.Tokens;
using Overmind.Postgres;
using Overmind.Usage;

namespace Overmind.Agents;

/// <summary>Keeps the calls that other modules make (<see cref="LedgerCall"/>) in the ledger, as those of the playground.</summary>
sealed class SingleCalls(PlaygroundStore store, TimeProvider time)
{
    public async Task<ChatResponse> MakeAsync(
        Claims claims, ModelReference model, string operation, string what, IReadOnlyList<ChatMessage> messages, Func<CancellationToken, Task<ChatResponse>> call,
        CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        var prompt = TokenCount.Of(model, messages);
        await store.ReserveAsync(
            claims, new ReservedCall { Id = id, Operation = operation, What = what, Model = model, PromptTokens = prompt }, time.GetUtcNow() + PlaygroundService.Abandoned, cancellationToken);
        var started = time.GetTimestamp();
        // Of a call that was given up its prompt was read; one that the provider refused used nothing.
        var usage = CallUsage.Estimate(CallOutcome.Stopped, model, prompt, "");
        try
        {
            var response = await call(cancellationToken);
            usage = UsageReading.Of(response) is { } counts
                ? new CallUsage { Counts = counts, Outcome = CallOutcome.Succeeded }
                : CallUsage.Estimate(CallOutcome.Succeeded, model, prompt, response.Text);
            return response;
        }
        catch (ModelCallException refused) when (refused is { AfterFirstToken: false, Code: not Errors.ErrorCode.ModelTimedOut })
        {
            usage = CallUsage.Nothing;
            throw;
        }
        finally
        {
            usage = usage with { LatencyMs = (int)Math.Min(time.GetElapsedTime(started).TotalMilliseconds, int.MaxValue) };
            await store.SettleAsync(claims, id, model, usage);
        }
    }
}
