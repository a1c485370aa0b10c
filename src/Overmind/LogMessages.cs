using Microsoft.Extensions.Logging;

namespace Overmind;

/// <summary>What the library logs. Never a text of a user or model, never a key.</summary>
static partial class LogMessages
{
    [LoggerMessage(EventId = 1001, Level = LogLevel.Warning, Message = "The listening connection was lost and is made again: {Reason}")]
    public static partial void ListeningLost(this ILogger logger, string reason);

    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "The worker lost its connection, let go of its jobs and starts anew: {Reason}")]
    public static partial void WorkerLost(this ILogger logger, string reason);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "Job {JobId} ({Kind}) lost its lease and was let go")]
    public static partial void LeaseLost(this ILogger logger, Guid jobId, string kind);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Error, Message = "Job {JobId} ({Kind}) failed {Failures} of {MaxAttempts} times")]
    public static partial void JobFailed(this ILogger logger, Exception exception, Guid jobId, string kind, int failures, int maxAttempts);

    [LoggerMessage(EventId = 2004, Level = LogLevel.Warning, Message = "The end of job {JobId} ({Kind}) could not be written; its lease runs out")]
    public static partial void JobEndNotWritten(this ILogger logger, Exception exception, Guid jobId, string kind);

    [LoggerMessage(EventId = 2005, Level = LogLevel.Warning, Message = "The worker could not renew or claim, and tries again")]
    public static partial void WorkerHindered(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2006, Level = LogLevel.Warning, Message = "The ends of {Jobs} jobs could not be written; their leases run out")]
    public static partial void JobEndsNotWritten(this ILogger logger, Exception exception, int jobs);

    [LoggerMessage(EventId = 2007, Level = LogLevel.Error, Message = "Job {JobId} ({Kind}) did not heed its cancelled token and was let go")]
    public static partial void JobIgnoresCancellation(this ILogger logger, Guid jobId, string kind);

    [LoggerMessage(EventId = 2008, Level = LogLevel.Error, Message = "Job {JobId} ({Kind}) was given up, and its handler failed to tell so")]
    public static partial void JobGiveUpFailed(this ILogger logger, Exception exception, Guid jobId, string kind);

    [LoggerMessage(EventId = 2101, Level = LogLevel.Warning, Message = "Schedules could not be fired, and are tried again")]
    public static partial void SchedulesNotFired(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Error, Message = "Schedule {ScheduleId} cannot be read and is due no more")]
    public static partial void ScheduleInvalid(this ILogger logger, Exception exception, Guid scheduleId);

    [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "Run {RunId} ended as {Status} ({Reason})")]
    public static partial void RunEnded(this ILogger logger, Guid runId, string status, string reason);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "Run {RunId}: the call of {Model} for step {StepKey} failed, attempt {Attempt}")]
    public static partial void ModelCallFailed(this ILogger logger, Exception exception, Guid runId, string model, string stepKey, int attempt);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Information, Message = "Run {RunId} is another worker's now and was let go")]
    public static partial void RunLetGo(this ILogger logger, Guid runId);

    [LoggerMessage(EventId = 3010, Level = LogLevel.Information, Message = "Run {RunId} waits for the approval of iteration {Iteration}")]
    public static partial void RunWaits(this ILogger logger, Guid runId, int iteration);

    [LoggerMessage(EventId = 3011, Level = LogLevel.Warning, Message = "Replay {ReplayId}: the call of {Model} failed")]
    public static partial void ReplayFailed(this ILogger logger, Exception exception, Guid replayId, string model);

    [LoggerMessage(EventId = 3012, Level = LogLevel.Information, Message = "Conversation {ConversationId}: its window changed while it was summarized, and stays as it is")]
    public static partial void WindowChanged(this ILogger logger, Guid conversationId);

    [LoggerMessage(EventId = 4001, Level = LogLevel.Warning, Message = "The use of {Keys} API keys was not written")]
    public static partial void ApiKeyUseNotWritten(this ILogger logger, Exception exception, int keys);

    [LoggerMessage(EventId = 5001, Level = LogLevel.Warning, Message = "The audit log was not sealed, and is tried again")]
    public static partial void AuditNotSealed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 6001, Level = LogLevel.Warning, Message = "Sums of usage were not folded, and are tried again")]
    public static partial void UsageNotFolded(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 6101, Level = LogLevel.Warning, Message = "The response cache could not be read; the model is asked")]
    public static partial void CacheNotRead(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 6102, Level = LogLevel.Warning, Message = "An answer was not kept in the response cache")]
    public static partial void CacheNotWritten(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 6103, Level = LogLevel.Warning, Message = "The embedder failed, and no similar question was looked for in the response cache")]
    public static partial void QuestionNotEmbedded(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 7001, Level = LogLevel.Warning, Message = "The embedder failed, and a search looked for words alone")]
    public static partial void QueryNotEmbedded(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 7002, Level = LogLevel.Warning, Message = "Texts of organization {OrganizationId} have no vectors: its budget is used up")]
    public static partial void TextsNotEmbedded(this ILogger logger, Exception exception, Guid organizationId);

    [LoggerMessage(EventId = 7003, Level = LogLevel.Warning, Message = "The migration of the embeddings does not get on")]
    public static partial void MigrationHeldUp(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 7004, Level = LogLevel.Information, Message = "Searches compare the vectors of {Model} from now on")]
    public static partial void ModelSwitched(this ILogger logger, string model);

    [LoggerMessage(EventId = 7101, Level = LogLevel.Debug, Message = "Memories of the conversation {ConversationId} were formed from {Messages} messages: {Counts}")]
    public static partial void MemoriesFormed(this ILogger logger, Guid conversationId, int messages, string counts);
}
