using System.Text.Json;

namespace Overmind.Client;

/// <summary>Links by which anybody may read a conversation.</summary>
public sealed class SharesClient
{
    readonly ApiConnection _connection;

    internal SharesClient(ApiConnection connection) => _connection = connection;

    /// <summary>Makes a link; its token is never shown again.</summary>
    public Task<ShareWithToken> CreateAsync(Guid conversationId, NewShare? share = null, CancellationToken cancellationToken = default) => _connection.PostOnceAsync(
        $"/v1/conversations/{conversationId}/shares", JsonSerializer.SerializeToUtf8Bytes(share ?? new(), ClientJson.Default.NewShare), ClientJson.Default.ShareWithToken, cancellationToken);

    /// <summary>One's own; an admin's list is the organization's.</summary>
    /// <param name="conversationId">Only of this conversation. Default: of all.</param>
    public Task<Page<Share>> ListAsync(PageRequest? page = null, Guid? conversationId = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/shares{(page ?? new()).Query.Add("conversation_id", conversationId)}", ClientJson.Default.PageShare, cancellationToken);

    /// <summary>From then on nobody reads it by the link.</summary>
    public Task RevokeAsync(Guid id, CancellationToken cancellationToken = default) => _connection.DeleteAsync($"/v1/shares/{id}", cancellationToken);

    /// <summary>What a link shows; counts that it was read.</summary>
    public Task<SharedConversation> ReadAsync(string token, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/shared/{Uri.EscapeDataString(token)}", ClientJson.Default.SharedConversation, cancellationToken);
}
