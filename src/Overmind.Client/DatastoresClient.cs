using System.Text.Json;

namespace Overmind.Client;

/// <summary>Collections of memories, and the agents that read them.</summary>
public sealed class DatastoresClient
{
    readonly ApiConnection _connection;

    internal DatastoresClient(ApiConnection connection) => _connection = connection;

    /// <param name="idempotencyKey">The same key makes the same collection, for 24 hours. Default: a new one.</param>
    public Task<Datastore> CreateAsync(NewDatastore datastore, string? idempotencyKey = null, CancellationToken cancellationToken = default) => _connection.PostAsync(
        "/v1/datastores", JsonSerializer.SerializeToUtf8Bytes(datastore, ClientJson.Default.NewDatastore), idempotencyKey, ClientJson.Default.Datastore, cancellationToken);

    public Task<Datastore> GetAsync(Guid id, CancellationToken cancellationToken = default) => _connection.GetAsync(Path(id), ClientJson.Default.Datastore, cancellationToken);

    /// <summary>One's own and those that are shared; an admin's list is the organization's.</summary>
    public Task<Page<Datastore>> ListAsync(PageRequest? page = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/datastores{(page ?? new()).Query}", ClientJson.Default.PageDatastore, cancellationToken);

    public Task<Datastore> UpdateAsync(Guid id, DatastoreChanges changes, CancellationToken cancellationToken = default) => _connection.PatchAsync(
        Path(id), ClientJson.Changes(changes, ClientJson.Default.DatastoreChanges, changes.Clear), VersionTag.Of(changes.UnchangedSince), ClientJson.Default.Datastore,
        cancellationToken);

    /// <summary>The memories in it stay.</summary>
    /// <param name="unchangedSince">Only if it was last changed then (its <c>UpdatedAt</c>), else a refusal. Default: however it is.</param>
    public Task DeleteAsync(Guid id, DateTimeOffset? unchangedSince = null, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync(Path(id), unchangedSince, cancellationToken);

    /// <summary>Lets an agent read what is in it.</summary>
    public Task<Datastore> LinkAsync(Guid id, Guid agentId, CancellationToken cancellationToken = default) =>
        _connection.PutAsync($"{Path(id)}/agents/{agentId}", "{}"u8.ToArray(), ClientJson.Default.Datastore, cancellationToken);

    public Task<Datastore> UnlinkAsync(Guid id, Guid agentId, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync($"{Path(id)}/agents/{agentId}", ClientJson.Default.Datastore, cancellationToken);

    static string Path(Guid id) => $"/v1/datastores/{id}";
}
