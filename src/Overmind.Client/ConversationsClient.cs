using System.Text.Json;

namespace Overmind.Client;

/// <summary>Conversations.</summary>
public sealed class ConversationsClient
{
    readonly ApiConnection _connection;

    internal ConversationsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Makes a conversation.</summary>
    /// <param name="idempotencyKey">The same key makes the same conversation, for 24 hours. Default: a new one.</param>
    public Task<Conversation> CreateAsync(
        NewConversation? conversation = null, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            "/v1/conversations",
            JsonSerializer.SerializeToUtf8Bytes(conversation ?? new(), ClientJson.Default.NewConversation),
            idempotencyKey, ClientJson.Default.Conversation, cancellationToken);

    public Task<Conversation> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(Path(id), ClientJson.Default.Conversation, cancellationToken);

    /// <summary>A conversation with its newest messages.</summary>
    /// <param name="limit">1 to 100.</param>
    public Task<ConversationWithMessages> GetWithMessagesAsync(Guid id, int limit = 50, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"{Path(id)}?include=messages&limit={limit}", ClientJson.Default.ConversationWithMessages, cancellationToken);

    /// <param name="status"><c>active</c> or <c>archived</c>. Default: both.</param>
    public Task<Page<Conversation>> ListAsync(PageRequest? page = null, string? status = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(
            $"/v1/conversations{(page ?? new()).Query.Add("status", status)}", ClientJson.Default.PageConversation, cancellationToken);

    public Task<Conversation> UpdateAsync(Guid id, ConversationChanges changes, CancellationToken cancellationToken = default) =>
        _connection.PatchAsync(
            Path(id), ClientJson.Changes(changes, ClientJson.Default.ConversationChanges, changes.Clear), VersionTag.Of(changes.UnchangedSince),
            ClientJson.Default.Conversation, cancellationToken);

    /// <param name="unchangedSince">Only if it was last changed then (its <c>UpdatedAt</c>), else a refusal. Default: however it is.</param>
    public Task DeleteAsync(Guid id, DateTimeOffset? unchangedSince = null, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync(Path(id), unchangedSince, cancellationToken);

    static string Path(Guid id) => $"/v1/conversations/{id}";
}
