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

    /// <summary>A page of one branch.</summary>
    /// <param name="branch">0 for the trunk.</param>
    public Task<Page<Message>> ListAsync(Guid conversationId, int branch, PageRequest? page = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"{Path(conversationId)}{(page ?? new()).Query.Add("branch", branch)}", ClientJson.Default.PageMessage, cancellationToken);

    /// <summary>Changes a message; what it said before is kept.</summary>
    public Task<Message> UpdateAsync(Guid conversationId, Guid id, MessageChanges changes, CancellationToken cancellationToken = default) =>
        _connection.PatchAsync(
            $"{Path(conversationId)}/{id}", ClientJson.Changes(changes, ClientJson.Default.MessageChanges, changes.Clear),
            VersionTag.Of(changes.UnchangedSince), ClientJson.Default.Message, cancellationToken);

    /// <summary>What a message says and said before.</summary>
    public Task<Page<MessageVersion>> VersionsAsync(Guid conversationId, Guid id, PageRequest? page = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"{Path(conversationId)}/{id}/versions{(page ?? new()).Query}", ClientJson.Default.PageMessageVersion, cancellationToken);

    /// <param name="number">From 1.</param>
    public Task<MessageVersion> GetVersionAsync(Guid conversationId, Guid id, int number, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"{Path(conversationId)}/{id}/versions/{number}", ClientJson.Default.MessageVersion, cancellationToken);

    /// <summary>How the texts of two versions differ, line by line.</summary>
    public Task<MessageDiff> DiffAsync(Guid conversationId, Guid id, int from, int to, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"{Path(conversationId)}/{id}/diff?from={from}&to={to}", ClientJson.Default.MessageDiff, cancellationToken);

    /// <summary>Writes an earlier version anew.</summary>
    /// <param name="changeReason">Why, up to 500 characters.</param>
    public Task<Message> RestoreVersionAsync(
        Guid conversationId, Guid id, int number, string? changeReason = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            $"{Path(conversationId)}/{id}/versions/{number}/restore",
            JsonSerializer.SerializeToUtf8Bytes(new(changeReason), ClientJson.Default.NewVersionRestore), null, ClientJson.Default.Message, cancellationToken);

    /// <summary>Undoes a deletion, until it is purged. One that is there stays as it is.</summary>
    public Task<Message> RestoreAsync(Guid conversationId, Guid id, CancellationToken cancellationToken = default) =>
        _connection.PostAsync($"{Path(conversationId)}/{id}/restore", null, null, ClientJson.Default.Message, cancellationToken);

    /// <summary>What of its conversation the models of an answer were given.</summary>
    public Task<ContextSnapshot> ContextAsync(Guid conversationId, Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"{Path(conversationId)}/{id}/context", ClientJson.Default.ContextSnapshot, cancellationToken);

    /// <summary>Lets a message stay in the context window whatever leaves. A call of tools and its results are pinned together.</summary>
    public Task<Message> PinAsync(Guid conversationId, Guid id, CancellationToken cancellationToken = default) =>
        _connection.PostAsync($"{Path(conversationId)}/{id}/pin", null, null, ClientJson.Default.Message, cancellationToken);

    public Task<Message> UnpinAsync(Guid conversationId, Guid id, CancellationToken cancellationToken = default) =>
        _connection.PostAsync($"{Path(conversationId)}/{id}/unpin", null, null, ClientJson.Default.Message, cancellationToken);

    /// <summary>Makes a branch after a message and makes it the active one.</summary>
    /// <param name="idempotencyKey">The same key makes one branch, for 24 hours. Default: a new one.</param>
    public Task<Branch> ForkAsync(Guid conversationId, Guid id, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync($"{Path(conversationId)}/{id}/fork", null, idempotencyKey, ClientJson.Default.Branch, cancellationToken);

    public Task DeleteAsync(Guid conversationId, Guid id, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync($"{Path(conversationId)}/{id}", cancellationToken);

    static string Path(Guid conversationId) => $"/v1/conversations/{conversationId}/messages";
}
