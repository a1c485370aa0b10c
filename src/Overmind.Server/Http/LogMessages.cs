namespace Overmind.Server.Http;

/// <summary>What the HTTP side logs. Never bodies, keys, passwords or query strings.</summary>
static partial class LogMessages
{
    [LoggerMessage(1000, LogLevel.Error, "Request {RequestId} failed.")]
    public static partial void RequestFailed(ILogger logger, string requestId, Exception failure);

    [LoggerMessage(1001, LogLevel.Warning, "The database refused request {RequestId}: {Code}.")]
    public static partial void DatabaseRefused(ILogger logger, string requestId, string code, Exception failure);

    [LoggerMessage(1002, LogLevel.Debug, "The client of request {RequestId} is gone.")]
    public static partial void ClientGone(ILogger logger, string requestId);

    [LoggerMessage(1003, LogLevel.Warning, "The idempotency key {KeyId} was not released.")]
    public static partial void IdempotencyKeyNotReleased(ILogger logger, Guid keyId, Exception failure);

    [LoggerMessage(1005, LogLevel.Error, "Request {RequestId} failed, and the audit log does not say so.")]
    public static partial void FailureNotAudited(ILogger logger, string requestId, Exception failure);

    [LoggerMessage(1004, LogLevel.Warning, "The event stream of request {RequestId} failed.")]
    public static partial void EventStreamFailed(ILogger logger, string requestId, Exception failure);

    [LoggerMessage(1006, LogLevel.Error, "What was said in request {RequestId} is not kept in the conversation {ConversationId}.")]
    public static partial void ExchangeNotKept(ILogger logger, string requestId, Guid conversationId, Exception failure);
}
