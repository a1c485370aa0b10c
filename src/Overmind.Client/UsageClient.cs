using System.Text.Json;

namespace Overmind.Client;

/// <summary>What was used: calls, tokens and their cost.</summary>
public sealed class UsageClient
{
    readonly ApiConnection _connection;

    internal UsageClient(ApiConnection connection) => _connection = connection;

    /// <summary>An admin's report is of the organization, a member's of themselves.</summary>
    /// <param name="filter">Default: the last 30 days, day by day.</param>
    public Task<UsageReport> ReportAsync(UsageFilter? filter = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/usage{(filter ?? new()).Query}", ClientJson.Default.UsageReport, cancellationToken);

    /// <summary>Prices calls of the past anew, or tells what that would change.</summary>
    public Task<Repricing> RepriceAsync(RepriceRequest request, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            "/v1/usage/reprice", JsonSerializer.SerializeToUtf8Bytes(request, ClientJson.Default.RepriceRequest), null, ClientJson.Default.Repricing, cancellationToken);

    /// <summary>Models that were called and whose price is not known, those that were called most first; at most 100.</summary>
    public async Task<IReadOnlyList<UnpricedModel>> UnpricedModelsAsync(CancellationToken cancellationToken = default) =>
        (await _connection.GetAsync("/v1/usage/unpriced_models", ClientJson.Default.UnpricedModelList, cancellationToken)).Data;

    /// <summary>Members who have cost more this month than their tier allows, the dearest first, at most 100; an admin's key sees all, a member's itself.</summary>
    public async Task<IReadOnlyList<MemberCost>> OverLimitAsync(CancellationToken cancellationToken = default) =>
        (await _connection.GetAsync("/v1/usage/over_limit", ClientJson.Default.MemberCostList, cancellationToken)).Data;
}
