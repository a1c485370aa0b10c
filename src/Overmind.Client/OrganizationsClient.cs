using System.Text.Json;

namespace Overmind.Client;

/// <summary>The key's organization, and all that the person belongs to whose key it is.</summary>
public sealed class OrganizationsClient
{
    readonly ApiConnection _connection;

    internal OrganizationsClient(ApiConnection connection) => _connection = connection;

    /// <summary>The key's.</summary>
    public Task<Organization> GetAsync(CancellationToken cancellationToken = default) =>
        _connection.GetAsync("/v1/organization", ClientJson.Default.Organization, cancellationToken);

    /// <summary>Changes the key's; for who may <c>organization.manage</c>.</summary>
    public Task<Organization> UpdateAsync(OrganizationChanges changes, CancellationToken cancellationToken = default) =>
        _connection.PatchAsync(
            "/v1/organization", ClientJson.Changes(changes, ClientJson.Default.OrganizationChanges, []), VersionTag.Of(changes.UnchangedSince),
            ClientJson.Default.Organization, cancellationToken);

    /// <summary>Cancels the key's: from now on it can be read and writes nothing; at its end it is suspended.</summary>
    public Task<Organization> CancelAsync(CancellationToken cancellationToken = default) => SetStatusAsync("cancelled", cancellationToken);

    /// <summary>Takes a cancellation back.</summary>
    public Task<Organization> ResumeAsync(CancellationToken cancellationToken = default) => SetStatusAsync("active", cancellationToken);

    /// <summary>Deletes the key's organization: all its keys end at once. For 30 days the operator can bring it back.</summary>
    public Task DeleteAsync(CancellationToken cancellationToken = default) => _connection.DeleteAsync("/v1/organization", cancellationToken);

    /// <summary>Those that the person belongs to.</summary>
    public async Task<IReadOnlyList<Membership>> ListAsync(CancellationToken cancellationToken = default) =>
        (await _connection.GetAsync("/v1/organizations", ClientJson.Default.PageMembership, cancellationToken)).Items;

    /// <summary>Makes another one, with the person as its admin.</summary>
    /// <param name="idempotencyKey">The same key makes it once, for 24 hours. Default: a new one.</param>
    public Task<Membership> CreateAsync(NewOrganization organization, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            "/v1/organizations", JsonSerializer.SerializeToUtf8Bytes(organization, ClientJson.Default.NewOrganization), idempotencyKey,
            ClientJson.Default.Membership, cancellationToken);

    Task<Organization> SetStatusAsync(string status, CancellationToken cancellationToken) => _connection.PutAsync(
        "/v1/organization/status", JsonSerializer.SerializeToUtf8Bytes(new(status), ClientJson.Default.OrganizationStatusChange),
        ClientJson.Default.Organization, cancellationToken);
}
