using System.Text.Json;

namespace Overmind.Client;

/// <summary>The response cache: answers that may be given again, and what they saved. Admins see all of the organization's, a member what their own calls brought.</summary>
public sealed class CacheClient
{
    readonly ApiConnection _connection;

    internal CacheClient(ApiConnection connection) => _connection = connection;

    /// <summary>By id.</summary>
    /// <param name="filter">Default: all.</param>
    public Task<Page<CacheEntry>> ListAsync(PageRequest? page = null, CacheFilter? filter = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(
            $"/v1/cache/entries{(page ?? new()).Query.Add("model", filter?.Model).Add("tag", filter?.Tag)}", ClientJson.Default.PageCacheEntry, cancellationToken);

    public Task<CacheEntry> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/cache/entries/{id}", ClientJson.Default.CacheEntry, cancellationToken);

    /// <summary>Removes an answer: whoever asks next asks the model.</summary>
    public Task DeleteAsync(Guid id, CancellationToken cancellationToken = default) => _connection.DeleteAsync($"/v1/cache/entries/{id}", cancellationToken);

    /// <summary>Removes all answers of a tag or a model, or all there are; how many.</summary>
    public async Task<long> InvalidateAsync(CacheInvalidation which, CancellationToken cancellationToken = default) => (await _connection.PostAsync(
        "/v1/cache/invalidate", JsonSerializer.SerializeToUtf8Bytes(which, ClientJson.Default.CacheInvalidation), null, ClientJson.Default.InvalidatedCache, cancellationToken)).Count;

    /// <summary>What was saved, in spans of time.</summary>
    /// <param name="hours">By hours of UTC, the last 24 unless said; else by days of the organization, the last 30.</param>
    public Task<CacheSavings> SavingsAsync(bool hours = false, DateTimeOffset? since = null, DateTimeOffset? until = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(
            $"/v1/cache/savings{new Query().Add("bucket_width", hours ? "1h" : null).Add("since", since?.UtcDateTime.ToString("O")).Add("until", until?.UtcDateTime.ToString("O"))}",
            ClientJson.Default.CacheSavings, cancellationToken);

    /// <summary>Reports that an answer out of the cache was wrong: it is removed.</summary>
    /// <param name="hitId">The id of the playground's answer, or <see cref="RunStep.CacheHitId"/>.</param>
    public Task<CacheHit> ReportWrongAsync(Guid hitId, CancellationToken cancellationToken = default) =>
        _connection.PostAsync($"/v1/cache/hits/{hitId}/report", null, null, ClientJson.Default.CacheHit, cancellationToken);
}
