using Overmind.Models;

namespace Overmind.Usage.Cache;

/// <summary>What looking into the response cache came to, written with the call's row of the ledger.</summary>
/// <param name="Kind">Null: nothing was found, and the model was asked.</param>
/// <param name="EntryId">The answer that was found.</param>
/// <param name="Similarity">Of a semantic hit.</param>
/// <param name="TokensSaved">What the call would have used.</param>
/// <param name="CostSaved">What it would have cost, in US dollars; null: nobody knows.</param>
sealed record CacheLookup(
    ModelReference Model, CacheHitKind? Kind = null, Guid? EntryId = null, double? Similarity = null, long TokensSaved = 0, decimal? CostSaved = null);
