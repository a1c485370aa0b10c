using System.Text.RegularExpressions;
using Overmind.Conversations;
using Overmind.Memory.Recall;
using Overmind.Models.Tokens;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>The memories of a run: which it is given, and which its answer cites.</summary>
sealed partial class RunMemories(MemoryRecall recall)
{
    /// <summary>Looked at; a budget of tokens holds fewer.</summary>
    const int MostFound = 40;

    /// <summary>
    /// Those that fit the question best and fit into the organization's budget. What a run reads is seen by whoever sees its conversation: so what is private enters only
    /// where its owner asks in a conversation that is theirs alone, and else what the organization shares.
    /// </summary>
    public async Task<IReadOnlyList<RunMemory>> FindAsync(Claims claims, RunSources sources, string question, CancellationToken cancellationToken)
    {
        var budget = sources.Organization.MemoryTokens;
        if (budget == 0)
            return [];
        var conversation = sources.Conversation!;
        var isOwn = conversation.UserId == claims.UserId && conversation.Visibility == LowerSnake.Write(Visibility.Private);
        var scope = new RecallScope([.. sources.Agents.Select(a => a.Id)], conversation.ProjectId, IncludesPrivate: isOwn);
        var given = Fit(await recall.FindAsync(claims, question, scope, MostFound, cancellationToken), budget);
        await recall.CountUsesAsync(claims, [.. given.Select(m => m.Id)], cancellationToken);
        return given;
    }

    /// <summary>The best that fit; one that is too long is passed over.</summary>
    public static IReadOnlyList<RunMemory> Fit(IEnumerable<RecalledMemory> found, int budget)
    {
        var fitting = new List<RunMemory>();
        foreach (var memory in found)
        {
            // What frames it counts, too.
            var tokens = (int)Math.Min(Tokenizer.Count(memory.Content) + 8, int.MaxValue);
            if (tokens > budget)
                continue;
            budget -= tokens;
            fitting.Add(new RunMemory
            {
                Id = memory.Id,
                Number = fitting.Count + 1,
                Content = memory.Content,
                MemoryType = memory.MemoryType,
                OwnerType = memory.OwnerType,
                Tokens = tokens,
                Score = memory.Score,
                TextScore = memory.TextScore,
                VectorScore = memory.VectorScore,
                Recency = memory.Recency,
                Importance = memory.Importance,
            });
        }

        return fitting;
    }

    /// <summary>Those that an answer cites, in the order in which it does; null: none.</summary>
    public static IReadOnlyList<Guid>? Cited(RunSnapshot run, string? answer)
    {
        if (run.Memories.Count == 0 || answer is null)
            return null;
        var numbers = Citation().Matches(answer).SelectMany(m => m.Groups["n"].Captures).Select(n => int.Parse(n.ValueSpan, System.Globalization.CultureInfo.InvariantCulture)).Distinct();
        var cited = numbers.Where(n => n >= 1 && n <= run.Memories.Count).Select(n => run.Memories[n - 1].Id).ToList();
        return cited.Count == 0 ? null : cited;
    }

    [GeneratedRegex(@"\[m(?<n>[0-9]{1,4})(?:\s*[,;]\s*m(?<n>[0-9]{1,4}))*\]", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Citation();
}
