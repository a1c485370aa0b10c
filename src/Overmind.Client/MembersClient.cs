using System.Text.Json;

namespace Overmind.Client;

/// <summary>The members of the key's organization.</summary>
public sealed class MembersClient
{
    readonly ApiConnection _connection;

    internal MembersClient(ApiConnection connection) => _connection = connection;

    public Task<Page<Member>> ListAsync(PageRequest? page = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/members{(page ?? new()).Query}", ClientJson.Default.PageMember, cancellationToken);

    public Task<Member> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/members/{id}", ClientJson.Default.Member, cancellationToken);

    /// <summary>For who may <c>members.manage</c>; the role admin and permissions for admins.</summary>
    public Task<Member> UpdateAsync(Guid id, MemberChanges changes, CancellationToken cancellationToken = default) =>
        _connection.PatchAsync(
            $"/v1/members/{id}", ClientJson.Changes(changes, ClientJson.Default.MemberChanges, []), VersionTag.Of(changes.UnchangedSince),
            ClientJson.Default.Member, cancellationToken);

    /// <summary>Ends a membership, one's own or another's, with the keys and sessions that act in its name.</summary>
    public Task RemoveAsync(Guid id, CancellationToken cancellationToken = default) => _connection.DeleteAsync($"/v1/members/{id}", cancellationToken);

    /// <summary>For who may <c>subscriptions.manage</c>.</summary>
    public Task<Subscription> GetSubscriptionAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/members/{id}/subscription", ClientJson.Default.Subscription, cancellationToken);

    /// <summary>For who may <c>subscriptions.manage</c>: a higher tier at once, a lower one from the end of the period.</summary>
    public Task<Subscription> SetTierAsync(Guid id, string tier, CancellationToken cancellationToken = default) =>
        _connection.PutAsync(
            $"/v1/members/{id}/subscription", JsonSerializer.SerializeToUtf8Bytes(new(tier), ClientJson.Default.TierChange), ClientJson.Default.Subscription, cancellationToken);
}
