using System.Globalization;
using System.Text;
using Overmind.Models.Offline;
using Overmind.Models.Tokens;

namespace Overmind.Memory.Consolidation;

/// <summary>
/// Which memories become one, without a model. That two are alike is not enough: they must have the same numbers, names and negations, for similar is not the same.
/// </summary>
static class ConsolidationRules
{
    const int FewestEvents = 5;
    const int FewestDays = 3;
    const int MostEvents = 20;
    const int LongestEvent = 120;

    /// <summary>Events are summed up when they are so old.</summary>
    public static readonly TimeSpan Old = TimeSpan.FromDays(30);

    /// <summary>Those that say the same; the longest stays, of two alike the newest.</summary>
    public static IEnumerable<PlannedConsolidation> Merges(IReadOnlyList<StoredMemory> memories)
    {
        var left = memories.Where(m => m.Type is not MemoryType.Working).Select(m => (Memory: m, Words: MemoryMatter.Of(m.Content))).OrderByDescending(m => m.Memory.Content.Length)
            .ThenByDescending(m => m.Memory.ValidFrom).ThenBy(m => m.Memory.Id).ToList();
        while (left.Count > 1)
        {
            var (kept, words) = left[0];
            left.RemoveAt(0);
            // What happened on two days happened twice.
            var same = left.Where(m => words.IsAlike(m.Words) && (kept.Type is not MemoryType.Episodic || m.Memory.ValidFrom.UtcDateTime.Date == kept.ValidFrom.UtcDateTime.Date)).ToList();
            if (same.Count == 0)
                continue;
            left.RemoveAll(same.Contains);
            yield return new PlannedConsolidation(
                ConsolidationType.Merge, [.. same.Select(s => s.Memory.Id).Append(kept.Id).Order()], kept.Id, kept.Content, same.Sum(s => Tokenizer.Count(s.Memory.Content)));
        }
    }

    /// <summary>Events that say the same of three days or more: what they have in common is knowledge, with how often it was so.</summary>
    public static IEnumerable<PlannedConsolidation> Abstractions(IReadOnlyList<StoredMemory> memories)
    {
        var left = memories.Where(m => m is { Type: MemoryType.Episodic } && m.Category != "summary").Select(m => (Memory: m, Words: MemoryMatter.Of(m.Content)))
            .OrderBy(m => m.Memory.Content.Length).ThenBy(m => m.Memory.ValidFrom).ThenBy(m => m.Memory.Id).ToList();
        while (left.Count >= FewestDays)
        {
            var (common, words) = left[0];
            var same = left.Where(m => words.IsAlike(m.Words)).Select(m => m.Memory).OrderBy(m => m.ValidFrom).ThenBy(m => m.Id).ToList();
            left.RemoveAt(0);
            if (same.Select(m => m.ValidFrom.UtcDateTime.Date).Distinct().Count() < FewestDays)
                continue;
            left.RemoveAll(m => same.Contains(m.Memory));
            var content = string.Create(
                CultureInfo.InvariantCulture, $"{common.Content.TrimEnd('.', ' ')} ({same.Count} times, {same[0].ValidFrom.UtcDateTime:yyyy-MM-dd} to {same[^1].ValidFrom.UtcDateTime:yyyy-MM-dd})");
            yield return new PlannedConsolidation(
                ConsolidationType.Abstract, [.. same.Select(m => m.Id).Order()], null, content, same.Sum(m => Tokenizer.Count(m.Content)) - Tokenizer.Count(content));
        }
    }

    /// <summary>Events of one month, where they are many and past; what is kept of each is its beginning, of the most important.</summary>
    public static IEnumerable<PlannedConsolidation> Summaries(IReadOnlyList<StoredMemory> memories, DateTimeOffset now)
    {
        var past = memories.Where(m => m is { Type: MemoryType.Episodic } && m.Category != "summary" && m.ValidFrom < now - Old);
        foreach (var month in past.GroupBy(m => (m.ValidFrom.UtcDateTime.Year, m.ValidFrom.UtcDateTime.Month)).Where(g => g.Count() >= FewestEvents).OrderBy(g => g.Key))
        {
            var events = month.OrderBy(m => m.ValidFrom).ThenBy(m => m.Id).ToList();
            var content = Summary(events);
            var saved = events.Sum(e => Tokenizer.Count(e.Content)) - Tokenizer.Count(content);
            yield return new PlannedConsolidation(ConsolidationType.Summarize, [.. events.Select(e => e.Id).Order()], null, content, saved)
            {
                From = events[0].ValidFrom,
                Until = events[^1].ValidFrom,
            };
        }
    }

    static string Summary(List<StoredMemory> events)
    {
        var told = events.OrderByDescending(e => e.Importance).ThenBy(e => e.ValidFrom).Take(MostEvents).ToHashSet();
        var text = new StringBuilder(events[0].ValidFrom.UtcDateTime.ToString("MMMM yyyy", CultureInfo.InvariantCulture)).Append(", ").Append(events.Count).Append(" events:");
        foreach (var one in events.Where(told.Contains))
            text.Append("\n- ").Append(one.ValidFrom.UtcDateTime.Day).Append(": ").Append(Words.OneLine(one.Content, LongestEvent));
        return text.ToString();
    }
}
