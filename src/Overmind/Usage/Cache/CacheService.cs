using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Usage.Cache;

/// <summary>What the response cache has, and what it saved: an admin sees and removes all of the organization's, a member what their own calls brought.</summary>
public sealed class CacheService(CacheEntryStore entries, CacheSavingsStore savings, TimeProvider time)
{
    /// <summary>By id.</summary>
    public async Task<Page<CacheEntry>> ListAsync(Claims claims, CacheFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await entries.ListAsync(claims, filter, page, cancellationToken));
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.CacheEntryNotFound"/>.</exception>
    public async Task<CacheEntry> GetAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        await entries.FindAsync(claims, id, cancellationToken) ?? throw NotFound(id);

    /// <summary>Removes an answer: whoever asks next asks the model.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.CacheEntryNotFound"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task DeleteAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        if (!await entries.DeleteAsync(claims, id, cancellationToken)) throw NotFound(id);
    }

    /// <summary>Removes all answers of a tag or a model, or all there are; how many.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.InvalidValue"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public Task<long> InvalidateAsync(Claims claims, CacheInvalidation which, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        which.Check();
        return entries.DeleteAsync(claims, which, cancellationToken);
    }

    /// <summary>Reports that an answer out of the cache was wrong: it is removed, and counts against the precision of its similarity.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.CacheHitNotFound"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task<CacheHit> ReportWrongAsync(Claims claims, Guid hitId, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        return await entries.ReportAsync(claims, hitId, cancellationToken)
            ?? throw new OvermindException(ErrorCode.CacheHitNotFound, $"There is no hit {hitId} of the response cache that you may report.");
    }

    /// <summary>What was saved, in spans of time.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.InvalidParameter"/>.</exception>
    public Task<CacheSavings> SavingsAsync(Claims claims, UsageBucketWidth width, DateTimeOffset? since, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        var (from, to) = new UsageQuery { BucketWidth = width, Since = since, Until = until }.Range(time.GetUtcNow());
        return savings.ReadAsync(claims, width, from, to, cancellationToken);
    }

    static OvermindException NotFound(Guid id) => new(ErrorCode.CacheEntryNotFound, $"There is no answer {id} in the response cache that you may see.");
}
