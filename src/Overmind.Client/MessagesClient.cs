using System.Text.Json;

namespace Overmind.Client;

/// <summary>Messages of conversations.</summary>
public sealed class MessagesClient
{
    readonly ApiConnection _connection;

    internal MessagesClient(ApiConnection connection) => _connection = connection;

    /// <summary>Appends a message. A question that is to be answered is asked by <see cref="RunsClient.CreateAsync"/>.</summary>
    /// <param name="idempotencyKey">The same key appends the same message, for 24 hours. Default: a new one.</param>
    public Task<Message> AppendAsync(
        Guid conversationId, NewMessage message, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            Path(conversationId), JsonSerializer.SerializeToUtf8Bytes(message, ClientJson.Default.NewMessage), idempotencyKey, ClientJson.Default.Message, cancellationToken);

    public Task<Message> GetAsync(Guid conversationId, Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"{Path(conversationId)}/{id}", ClientJson.Default.Message, cancellationToken);

    public Task<Page<Message>> ListAsync(Guid conversationId, PageRequest? page = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"{Path(conversationId)}{(page ?? new()).Query}", ClientJson.Default.PageMessage, cancellationToken);

    public Task DeleteAsync(Guid conversationId, Guid id, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync($"{Path(conversationId)}/{id}", cancellationToken);

    static string Path(Guid conversationId) => $"/v1/conversations/{conversationId}/messages";
}
