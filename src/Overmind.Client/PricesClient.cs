using System.Text.Json;

namespace Overmind.Client;

/// <summary>What models cost. All members read it; who manages models sets the organization's own prices.</summary>
public sealed class PricesClient
{
    readonly ApiConnection _connection;

    internal PricesClient(ApiConnection connection) => _connection = connection;

    /// <summary>Sets a price.</summary>
    /// <param name="idempotencyKey">Repeated with the same key, the first answer comes again. Default: a new one.</param>
    public Task<Price> SetAsync(NewPrice price, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            "/v1/prices", JsonSerializer.SerializeToUtf8Bytes(price, ClientJson.Default.NewPrice), idempotencyKey, ClientJson.Default.Price, cancellationToken);

    /// <summary>By id.</summary>
    /// <param name="filter">Default: all.</param>
    public Task<Page<Price>> ListAsync(PageRequest? page = null, PriceFilter? filter = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/prices{(filter ?? new()).AddTo((page ?? new()).Query)}", ClientJson.Default.PagePrice, cancellationToken);

    public Task<Price> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/prices/{id}", ClientJson.Default.Price, cancellationToken);

    /// <summary>Changes one of the organization's.</summary>
    public Task<Price> UpdateAsync(Guid id, PriceChanges changes, CancellationToken cancellationToken = default) =>
        _connection.PatchAsync(
            $"/v1/prices/{id}", ClientJson.Changes(changes, ClientJson.Default.PriceChanges, changes.Clear), VersionTag.Of(changes.UnchangedSince),
            ClientJson.Default.Price, cancellationToken);

    /// <summary>Takes one of the organization's away: the catalogue's holds again.</summary>
    /// <param name="unchangedSince">Only if it was last changed then (its <c>UpdatedAt</c>), else a refusal. Default: however it is.</param>
    public Task UnsetAsync(Guid id, DateTimeOffset? unchangedSince = null, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync($"/v1/prices/{id}", unchangedSince, cancellationToken);
}
