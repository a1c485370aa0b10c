using Overmind.Errors;
using Overmind.Models.Tokens;
using Overmind.Postgres;

namespace Overmind.Memory.Consolidation;

/// <summary>Makes one of what says the same, a fact of what happens again and again, and a summary of what happened long ago: of the caller's own memories, for admins of all. What it takes the place of stays, superseded.</summary>
public sealed class ConsolidationService(ConsolidationStore store, TimeProvider time)
{
    const int MostShown = 20;

    /// <summary>Consolidates by rules, or only says what would be.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>.</exception>
    public Task<MemoryConsolidation> ConsolidateAsync(Claims claims, bool dryRun, CancellationToken cancellationToken) =>
        ConsolidateAsync(claims, dryRun, summarize: null, cancellationToken);

    /// <param name="summarize">Writes the summary of events for a member, with the model that did; null, and where it answers nothing shorter: the rules'.</param>
    internal async Task<MemoryConsolidation> ConsolidateAsync(
        Claims claims, bool dryRun, Func<Guid, IReadOnlyList<string>, Task<(string Text, string Model)?>>? summarize, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var (done, saved) = (new Dictionary<ConsolidationType, int>(), 0L);
        var groups = new List<PlannedConsolidation>();
        foreach (var group in await store.GroupsAsync(claims, cancellationToken))
        {
            var memories = await store.MemoriesAsync(claims, group, cancellationToken);
            var merges = ConsolidationRules.Merges(memories).ToList();
            var gone = merges.SelectMany(m => m.Sources.Where(id => id != m.Keeps)).ToHashSet();
            var abstractions = ConsolidationRules.Abstractions([.. memories.Where(m => !gone.Contains(m.Id))]).ToList();
            gone.UnionWith(abstractions.SelectMany(a => a.Sources));
            var summaries = ConsolidationRules.Summaries([.. memories.Where(m => !gone.Contains(m.Id))], time.GetUtcNow());
            foreach (var planned in merges.Concat(abstractions).Concat(summaries))
            {
                var (written, model) = planned.Type is ConsolidationType.Summarize && summarize is not null && !dryRun
                    ? await WrittenAsync(planned, memories, group, summarize)
                    : (planned, null);
                // What saves nothing is only less.
                if (written.TokensSaved <= 0)
                    continue;
                if (!dryRun && !await store.ConsolidateAsync(claims, written, model, cancellationToken))
                    continue;
                done[written.Type] = done.GetValueOrDefault(written.Type) + written.Sources.Count(id => id != written.Keeps);
                saved += written.TokensSaved;
                if (groups.Count < MostShown)
                    groups.Add(written);
            }
        }

        return new MemoryConsolidation
        {
            DryRun = dryRun,
            Merged = done.GetValueOrDefault(ConsolidationType.Merge),
            Summarized = done.GetValueOrDefault(ConsolidationType.Summarize),
            Abstracted = done.GetValueOrDefault(ConsolidationType.Abstract),
            TokensSaved = saved,
            Groups = groups,
        };
    }

    static async Task<(PlannedConsolidation, string?)> WrittenAsync(
        PlannedConsolidation planned, IReadOnlyList<StoredMemory> memories, MemoryGroupKey group,
        Func<Guid, IReadOnlyList<string>, Task<(string Text, string Model)?>> summarize)
    {
        var events = memories.Where(m => planned.Sources.Contains(m.Id)).OrderBy(m => m.ValidFrom).ToList();
        if (await summarize(group.UserId, [.. events.Select(e => e.Content)]) is not { Text.Length: > 0 and <= MemoryRules.MaxLength } summary)
            return (planned, null);
        var saved = events.Sum(e => Tokenizer.Count(e.Content)) - Tokenizer.Count(summary.Text);
        return saved <= 0 ? (planned, null) : (planned with { Content = summary.Text, TokensSaved = saved }, summary.Model);
    }
}
