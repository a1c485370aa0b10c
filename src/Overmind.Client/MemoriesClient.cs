using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Overmind.Client;

/// <summary>What is remembered.</summary>
public sealed class MemoriesClient
{
    readonly ApiConnection _connection;

    internal MemoriesClient(ApiConnection connection) => _connection = connection;

    /// <summary>Remembers something. The same, of the same owner and type, is remembered once: then it is the memory that is there, unchanged.</summary>
    /// <param name="idempotencyKey">The same key makes the same memory, for 24 hours. Default: a new one.</param>
    public Task<MemoryItem> CreateAsync(NewMemory memory, string? idempotencyKey = null, CancellationToken cancellationToken = default) => _connection.PostAsync(
        "/v1/memories", JsonSerializer.SerializeToUtf8Bytes(memory, ClientJson.Default.NewMemory), idempotencyKey, ClientJson.Default.MemoryItem, cancellationToken);

    public Task<MemoryItem> GetAsync(Guid id, CancellationToken cancellationToken = default) => _connection.GetAsync(Path(id), ClientJson.Default.MemoryItem, cancellationToken);

    /// <summary>One's own and those that are shared; an admin's list is the organization's.</summary>
    public Task<Page<MemoryItem>> ListAsync(PageRequest? page = null, MemoryFilter? filter = null, CancellationToken cancellationToken = default) => _connection.GetAsync(
        $"/v1/memories{(page ?? new()).Query.Add("memory_type", filter?.MemoryType).Add("category", filter?.Category).Add("owner_type", filter?.OwnerType).Add("owner_id", filter?.OwnerId).Add("tag", filter?.Tag).Add("pinned", Query.Word(filter?.Pinned)).Add("current", Query.Word(filter?.Current)).Add("source_message_id", filter?.SourceMessageId).Add("datastore_id", filter?.DatastoreId).Add("reader_id", filter?.ReaderId)}",
        ClientJson.Default.PageMemoryItem, cancellationToken);

    /// <summary>Finds memories by words and by meaning, the most relevant first.</summary>
    public Task<MemoryHits> SearchAsync(MemoryQuery query, CancellationToken cancellationToken = default) => _connection.PostAsync(
        "/v1/memories/search", JsonSerializer.SerializeToUtf8Bytes(query, ClientJson.Default.MemoryQuery), null, ClientJson.Default.MemoryHits, cancellationToken);

    /// <summary>Changes a memory; what it said before is kept as a version.</summary>
    public Task<MemoryItem> UpdateAsync(Guid id, MemoryChanges changes, CancellationToken cancellationToken = default) => _connection.PatchAsync(
        Path(id), ClientJson.Changes(changes, ClientJson.Default.MemoryChanges, changes.Clear), VersionTag.Of(changes.UnchangedSince), ClientJson.Default.MemoryItem, cancellationToken);

    /// <summary>Forgets a memory.</summary>
    /// <param name="unchangedSince">Only if it was last changed then (its <c>UpdatedAt</c>), else a refusal. Default: however it is.</param>
    public Task DeleteAsync(Guid id, DateTimeOffset? unchangedSince = null, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync(Path(id), unchangedSince, cancellationToken);

    /// <summary>Forgets all that the filter leaves of one's own, for admins of the organization's; only if they are as many as expected, else none.</summary>
    /// <exception cref="OvermindApiException"><c>memory_count_differs</c>.</exception>
    public async Task<long> DeleteAsync(MemoryFilter filter, long expectedCount, CancellationToken cancellationToken = default) => (await _connection.PostAsync(
        "/v1/memories/delete",
        JsonSerializer.SerializeToUtf8Bytes(
            new(expectedCount, filter.MemoryType, filter.Category, filter.OwnerType, filter.OwnerId, filter.Tag, filter.Pinned, filter.Current, filter.SourceMessageId, filter.DatastoreId),
            ClientJson.Default.MemoryDeletion),
        null, ClientJson.Default.DeletedMemories, cancellationToken)).Count;

    /// <summary>Undoes a deletion, until it is purged. One that is there stays as it is.</summary>
    public Task<MemoryItem> RestoreAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.PostAsync($"{Path(id)}/restore", null, null, ClientJson.Default.MemoryItem, cancellationToken);

    /// <summary>What it says and said, the newest first.</summary>
    public Task<Page<MemoryVersion>> VersionsAsync(Guid id, PageRequest? page = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"{Path(id)}/versions{(page ?? new()).Query}", ClientJson.Default.PageMemoryVersion, cancellationToken);

    /// <summary>Writes an earlier version anew: it is the memory's newest then.</summary>
    /// <param name="reason">Why, up to 500 characters.</param>
    public Task<MemoryItem> RestoreVersionAsync(Guid id, int number, string? reason = null, CancellationToken cancellationToken = default) => _connection.PostAsync(
        $"{Path(id)}/versions/{number}/restore", JsonSerializer.SerializeToUtf8Bytes(new(reason), ClientJson.Default.NewVersionRestore), null,
        ClientJson.Default.MemoryItem, cancellationToken);

    /// <summary>How many there are of each type and owner.</summary>
    public Task<MemoryStats> StatsAsync(CancellationToken cancellationToken = default) =>
        _connection.GetAsync("/v1/memories/stats", ClientJson.Default.MemoryStats, cancellationToken);

    /// <summary>Forgets what the organization's policy gives up, of one's own, for admins of all; or only says what that is.</summary>
    public Task<MemoryPruning> PruneAsync(bool dryRun = true, CancellationToken cancellationToken = default) => _connection.PostAsync(
        "/v1/memories/prune", JsonSerializer.SerializeToUtf8Bytes(new(dryRun), ClientJson.Default.NewMemoryPruning), null, ClientJson.Default.MemoryPruning, cancellationToken);

    /// <summary>Makes one of what says the same and sums up past events, of one's own, for admins of all; or only says what that is.</summary>
    public Task<MemoryConsolidation> ConsolidateAsync(bool dryRun = true, CancellationToken cancellationToken = default) => _connection.PostAsync(
        "/v1/memories/consolidate", JsonSerializer.SerializeToUtf8Bytes(new(dryRun), ClientJson.Default.NewMemoryPruning), null, ClientJson.Default.MemoryConsolidation,
        cancellationToken);

    /// <summary>Imports memories from an export, which is sent as it is read. What is there already stays as it is.</summary>
    /// <exception cref="OvermindApiException"><c>unknown_import_format</c>: nothing was imported.</exception>
    public async Task<MemoryImportResult> ImportAsync(Stream file, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/imports/memories")
        {
            Content = new StreamContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        using var response = await _connection.OpenAsync(request, cancellationToken);
        return (await response.Content.ReadFromJsonAsync(ClientJson.Default.MemoryImportResult, cancellationToken))!;
    }

    /// <summary>All that one sees, lines of JSON with earlier versions, as they come. Dispose it when it is read.</summary>
    public async Task<Stream> ExportAsync(CancellationToken cancellationToken = default)
    {
        var response = await _connection.OpenAsync(new HttpRequestMessage(HttpMethod.Get, "/v1/exports/memories"), cancellationToken);
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }

    static string Path(Guid id) => $"/v1/memories/{id}";
}
