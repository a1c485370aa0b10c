using System.Text.Json;
using System.Text.Json.Nodes;

namespace Overmind.Client;

/// <summary>Asking people into the organization; for its admins.</summary>
public sealed class InvitationsClient
{
    readonly ApiConnection _connection;

    internal InvitationsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Invites by mail.</summary>
    public Task<Invitation> CreateAsync(NewInvitation invitation, string? idempotencyKey = null, CancellationToken cancellationToken = default) => _connection.PostAsync(
        "/v1/invitations", JsonSerializer.SerializeToUtf8Bytes(invitation, ClientJson.Default.NewInvitation), idempotencyKey, ClientJson.Default.Invitation, cancellationToken);

    /// <param name="status"><c>pending</c>, <c>accepted</c>, <c>expired</c> or <c>cancelled</c>; null: all.</param>
    public Task<Page<Invitation>> ListAsync(string? status = null, PageRequest? page = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/invitations{(page ?? new()).Query.Add("status", status)}", ClientJson.Default.PageInvitation, cancellationToken);

    public Task<Invitation> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/invitations/{id}", ClientJson.Default.Invitation, cancellationToken);

    /// <summary>Sends a new link; the last one is good no more.</summary>
    public Task<Invitation> ResendAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.PostAsync($"/v1/invitations/{id}/resend", null, null, ClientJson.Default.Invitation, cancellationToken);

    public Task<Invitation> CancelAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync($"/v1/invitations/{id}", ClientJson.Default.Invitation, cancellationToken);

    /// <summary>Joins by the token of a link, and signs in: with the account's password, or with a name and a new one, which makes it.</summary>
    public Task<SessionTokens> AcceptAsync(string token, string? password = null, string? name = null, CancellationToken cancellationToken = default)
    {
        var body = new JsonObject { ["token"] = token, ["password"] = password, ["name"] = name };
        return _connection.PostOnceAsync("/v1/invitations/accept", System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()), ClientJson.Default.SessionTokens, cancellationToken);
    }
}
