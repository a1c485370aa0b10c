using System.Text.Json;

namespace Overmind.Client;

/// <summary>What a US dollar is worth in other currencies. All members read it; who manages models sets it.</summary>
public sealed class ExchangeRatesClient
{
    readonly ApiConnection _connection;

    internal ExchangeRatesClient(ApiConnection connection) => _connection = connection;

    /// <summary>Sets the rate from a day of the organization on, or puts it right.</summary>
    /// <param name="idempotencyKey">Repeated with the same key, the first answer comes again. Default: a new one.</param>
    public Task<ExchangeRate> SetAsync(NewExchangeRate rate, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            "/v1/exchange_rates", JsonSerializer.SerializeToUtf8Bytes(rate, ClientJson.Default.NewExchangeRate), idempotencyKey,
            ClientJson.Default.ExchangeRate, cancellationToken);

    /// <summary>By id.</summary>
    /// <param name="currency">By ISO 4217. Default: all.</param>
    public Task<Page<ExchangeRate>> ListAsync(PageRequest? page = null, string? currency = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/exchange_rates{(page ?? new()).Query.Add("currency", currency)}", ClientJson.Default.PageExchangeRate, cancellationToken);

    /// <summary>Takes a rate away: the one before it holds again.</summary>
    public Task UnsetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync($"/v1/exchange_rates/{id}", cancellationToken);
}
