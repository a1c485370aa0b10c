using Overmind.Conversations;
using Overmind.Conversations.Exchanges;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Agents.Completions;

/// <summary>A whole run behind one call. It stands in a conversation; when its caller goes away it goes on, and its answer is found there.</summary>
public sealed class CompletionRuns(RunService runs, ExchangeService exchanges)
{
    /// <summary>Asks the last message of an exchange; what was said before it is kept in the conversation first.</summary>
    /// <param name="create">Makes the conversation, too.</param>
    /// <exception cref="OvermindException">As <see cref="ExchangeService.KeepAsync"/> and <see cref="RunService.CreateAsync"/>.</exception>
    public async Task<Run> BeginAsync(
        Claims claims, Guid conversationId, bool create, IReadOnlyList<ExchangeMessage> messages, RunOptions options, CancellationToken cancellationToken)
    {
        if (messages is not [.., { Role: MessageRole.User } question])
            throw new OvermindException(ErrorCode.InvalidValue, "A workflow answers a question: the last message is a user's.", "messages");
        await exchanges.KeepAsync(claims, conversationId, create, [.. messages.SkipLast(1)], cancellationToken);
        return await runs.CreateAsync(claims, conversationId, question.Content, options, cancellationToken);
    }

    /// <summary>Waits for a run's end, and returns the run with its answer.</summary>
    /// <exception cref="OvermindException">It failed, was cancelled, or waits for somebody.</exception>
    public async Task<Run> EndAsync(Claims claims, Guid runId, CancellationToken cancellationToken)
    {
        await foreach (var happened in runs.EventsAsync(claims, runId, -1, cancellationToken))
        {
            if (happened.Type == RunEventTypes.RunWaiting)
                throw new OvermindException(
                    ErrorCode.RunInProgress, $"The run {runId} waits for an approval or a budget, and goes on then. Its answer will be in its conversation; /v1/runs/{runId} has it.");
        }

        var run = await runs.GetAsync(claims, runId, cancellationToken);
        return run is { Status: RunStatus.Succeeded, Answer: not null } ? run : throw Failed(run);
    }

    static OvermindException Failed(Run run) => new(
        run.Error is { } error ? LowerSnake.Read<ErrorCode>(error.Code) ?? ErrorCode.ModelFailed : ErrorCode.ModelFailed,
        run.Error?.Message ?? $"The run {run.Id} was {LowerSnake.Write(run.Status)}.");
}
