using System.Text.Json;

namespace Overmind.Client;

/// <summary>The review of what moderation has found; for who may <c>moderation.review</c>.</summary>
public sealed class ModerationClient
{
    readonly ApiConnection _connection;

    internal ModerationClient(ApiConnection connection) => _connection = connection;

    /// <param name="status"><c>pending</c>, <c>flagged</c> or <c>blocked</c>. Default: all three.</param>
    public Task<Page<ModeratedMessage>> ListAsync(PageRequest? page = null, string? status = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/moderation/messages{(page ?? new()).Query.Add("status", status)}", ClientJson.Default.PageModeratedMessage, cancellationToken);

    /// <summary>Lets a message be used, whatever was found in it.</summary>
    /// <param name="reason">Up to 500 characters.</param>
    public Task<ModeratedMessage> ApproveAsync(Guid messageId, string? reason = null, CancellationToken cancellationToken = default) =>
        ReviewAsync(messageId, "approve", reason, cancellationToken);

    /// <summary>Keeps a message from models and shares.</summary>
    /// <param name="reason">Up to 500 characters.</param>
    public Task<ModeratedMessage> BlockAsync(Guid messageId, string? reason = null, CancellationToken cancellationToken = default) =>
        ReviewAsync(messageId, "block", reason, cancellationToken);

    Task<ModeratedMessage> ReviewAsync(Guid messageId, string how, string? reason, CancellationToken cancellationToken) => _connection.PostAsync(
        $"/v1/moderation/messages/{messageId}/{how}", JsonSerializer.SerializeToUtf8Bytes(new NewReview(reason), ClientJson.Default.NewReview), null,
        ClientJson.Default.ModeratedMessage, cancellationToken);
}
