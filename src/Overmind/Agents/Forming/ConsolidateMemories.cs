using Microsoft.Extensions.AI;
using Overmind.Jobs;
using Overmind.Memory.Consolidation;
using Overmind.Models;
using Overmind.Models.Tokens;
using Overmind.Postgres;

namespace Overmind.Agents.Forming;

/// <summary>
/// Does the jobs of kind <c>memories.consolidate</c>: each night, in the organizations that want it, as an admin of the one organization. Where a model writes the
/// summaries, each call is reserved in the ledger before and settled after it, in the name of the member whose memories they are; where it fails, the rules write.
/// </summary>
[Job("memories.consolidate")]
sealed class ConsolidateMemories(
    ConsolidationStore store, ConsolidationService consolidation, OrganizationSettingsStore settings, ChatModels models, LedgerCall ledger, TimeProvider time)
    : JobHandler<NoPayload>
{
    const int LongestSummary = 512;

    internal static readonly JobKindOptions Options = new() { CallsModels = true };

    /// <inheritdoc/>
    public override async Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        var (merged, summarized, abstracted, saved) = (0, 0, 0, 0L);
        foreach (var organization in await store.OrganizationsAsync(cancellationToken))
        {
            var claims = new Claims(organization, null, OrganizationRole.Admin) { DatabaseRole = DatabaseRole.ServiceRole };
            var chosen = await settings.GetAsync(claims, cancellationToken);
            var model = chosen.MemoryConsolidation is ConsolidationMode.Model ? chosen.SynthesisModel ?? InstallationDefaults.Model : ModelReference.Offline;
            var done = await consolidation.ConsolidateAsync(
                claims, dryRun: false, model == ModelReference.Offline ? null : (user, events) => SummaryAsync(claims with { UserId = user }, model, events, cancellationToken),
                cancellationToken);
            (merged, summarized, abstracted, saved) = (merged + done.Merged, summarized + done.Summarized, abstracted + done.Abstracted, saved + done.TokensSaved);
        }

        context.Result = new() { ["merged"] = merged, ["summarized"] = summarized, ["abstracted"] = abstracted, ["tokens_saved"] = saved };
    }

    async Task<(string Text, string Model)?> SummaryAsync(Claims claims, ModelReference model, IReadOnlyList<string> events, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(5), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var room = Math.Clamp(events.Sum(e => Tokenizer.Count(e)) / 3, 64, LongestSummary);
        var prompt = SummaryPrompt.Of(null, [.. events.Select(e => ("user", e))], room);
        var options = new ChatOptions
        {
            MaxOutputTokens = room,
            Temperature = 0.2f,
            AdditionalProperties = new() { ["idempotency_key"] = Guid.CreateVersion7().ToString() },
        };
        try
        {
            var client = await models.GetAsync(claims, model, stop.Token);
            var response = await ledger(
                claims, model, "memory_consolidation", "memory_consolidation", prompt, call => client.GetResponseAsync(prompt, options, call), stop.Token);
            return (StoredText.Clean(response.Text).Trim(), model.ToString());
        }
        catch (Exception e) when (e is ModelUnavailableException or ModelCallException or Errors.OvermindException || late.IsCancellationRequested)
        {
            return null;
        }
    }
}
