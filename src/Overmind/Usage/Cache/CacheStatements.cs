using Overmind.Postgres;

namespace Overmind.Usage.Cache;

/// <summary>What is written of the response cache with the ledger.</summary>
static class CacheStatements
{
    /// <summary>The look-ups of calls that are settled; none when there were none. A call's second is not written: its id is that of its row of the ledger.</summary>
    public static IEnumerable<Statement> Lookups(IEnumerable<(Guid LedgerId, CallUsage Usage)> settled)
    {
        var rows = new RowValues("uuid", "text", "uuid", "double precision", "text", "text", "bigint", "numeric", "boolean");
        var any = false;
        foreach (var (id, lookup) in settled.Select(s => (s.LedgerId, s.Usage.Lookup)))
        {
            if (lookup is null) continue;
            any = true;
            rows.Add(
                id, lookup.Kind is { } kind ? LowerSnake.Write(kind) : "miss", lookup.EntryId, lookup.Similarity, lookup.Model.Provider, lookup.Model.Model, lookup.TokensSaved,
                lookup.CostSaved, lookup.Kind is null);
        }

        if (any)
            yield return rows.Statement(values =>
                $"""
                insert into cache_lookups (id, kind, entry_id, similarity, provider, model, tokens_saved, cost_saved, is_counted)
                values {values}
                on conflict do nothing
                """);
    }
}
