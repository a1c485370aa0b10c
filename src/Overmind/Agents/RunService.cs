using System.Runtime.CompilerServices;
using Overmind.Conversations;
using Overmind.Errors;
using Overmind.Postgres;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>Runs: making them (<see cref="RunStarter"/>), reading them, watching them, stopping them. Workers make their calls (<see cref="RunExecutor"/>).</summary>
public sealed class RunService(RunStarter starter, RunStore runs, RunExecutor executor, RunEventHub hub, TimeProvider time)
{
    /// <summary>Events read at once.</summary>
    const int EventPage = 500;

    /// <summary>Asks a question. It is stored as a message, and a worker takes the run up. With an id that is there already: the run that is there.</summary>
    /// <param name="question">1 character to 1 MiB in UTF-8.</param>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.ConversationNotFound"/>, <see cref="ErrorCode.WorkflowNotFound"/>, <see cref="ErrorCode.RunInProgress"/>,
    /// <see cref="ErrorCode.CostCapUnpriced"/>, <see cref="ErrorCode.BudgetExceeded"/>, <see cref="ErrorCode.ModelUnavailable"/>, <see cref="ErrorCode.MessageTooLarge"/>,
    /// <see cref="ErrorCode.InvalidValue"/>, <see cref="ErrorCode.InvalidText"/>, <see cref="ErrorCode.Forbidden"/>.
    /// </exception>
    public Task<Run> CreateAsync(Claims claims, Guid conversationId, string question, RunOptions? options, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        NewMessage.CheckContent("question", question);
        return starter.StartAsync(claims, conversationId, new RunQuestion(question), options, cancellationToken);
    }

    /// <summary>
    /// Answers a question again, on a branch of its own beside the answer that is there. The response cache is not asked: its answer would be the same.
    /// </summary>
    /// <param name="messageId">The question, or an answer to it.</param>
    /// <exception cref="OvermindException">As of <see cref="CreateAsync"/>; <see cref="ErrorCode.MessageNotFound"/>.</exception>
    public async Task<Run> RegenerateAsync(
        Claims claims, Guid conversationId, Guid messageId, RunOptions? options, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var asked = await runs.FindQuestionAsync(claims, conversationId, messageId, cancellationToken) ?? throw ConversationService.MessageNotFound(messageId);
        if (asked is not { QuestionId: { } questionId, Question: { } question, QuestionBranch: { } branch, QuestionSeq: { } seq })
            throw new OvermindException(
                ErrorCode.InvalidValue, $"The message {messageId} is neither a question nor the answer to one, so there is nothing to answer again.", "message_id");
        if (asked.IsBlocked)
            throw new OvermindException(ErrorCode.MessageBlocked, $"The question {questionId} is kept from models by moderation.", "message_id");
        options ??= new RunOptions();
        return await starter.StartAsync(
            claims, conversationId,
            new RunQuestion(question)
            {
                MessageId = questionId,
                IsThere = true,
                HistoryEndsBefore = new BranchPoint(branch, seq),
                Fork = new RunFork(questionId, BranchReason.Regenerate, IsBefore: false),
            },
            options with { AttachmentIds = null, Cache = (options.Cache ?? new CacheRequest()) with { NoCache = true } }, cancellationToken, asked.QuestionParts);
    }

    /// <summary>Asks a question in place of an earlier one: on a branch that begins before that, with what was said until then.</summary>
    /// <param name="messageId">The earlier question.</param>
    /// <param name="content">1 character to 1 MiB in UTF-8.</param>
    /// <exception cref="OvermindException">As of <see cref="CreateAsync"/>; <see cref="ErrorCode.MessageNotFound"/>.</exception>
    public async Task<Run> ResendAsync(
        Claims claims, Guid conversationId, Guid messageId, string content, RunOptions? options, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        NewMessage.CheckContent("content", content);
        var asked = await runs.FindQuestionAsync(claims, conversationId, messageId, cancellationToken) ?? throw ConversationService.MessageNotFound(messageId);
        if (asked.QuestionId != messageId)
            throw new OvermindException(
                ErrorCode.InvalidValue, $"The message {messageId} is no question: only a message of the role user is sent again.", "message_id");
        return await starter.StartAsync(
            claims, conversationId,
            new RunQuestion(content)
            {
                HistoryEndsBefore = new BranchPoint(asked.Branch, asked.Seq),
                Fork = new RunFork(messageId, BranchReason.Edit, IsBefore: true),
            },
            options, cancellationToken, asked.QuestionParts);
    }

    /// <summary>What the next run would use; null when the organization has no such workflow.</summary>
    /// <param name="conversationId">Null for one in a new conversation.</param>
    public Task<RunPlan?> PlanAsync(Claims claims, Guid? conversationId, CancellationToken cancellationToken) =>
        starter.PlanAsync(claims, conversationId, cancellationToken);

    /// <exception cref="OvermindException"><see cref="ErrorCode.RunNotFound"/>.</exception>
    public async Task<Run> GetAsync(Claims claims, Guid runId, CancellationToken cancellationToken) =>
        await runs.FindAsync(claims, runId, cancellationToken) ?? throw NotFound(runId);

    /// <summary>The runs the caller sees.</summary>
    /// <param name="conversationId">Null for those of all conversations.</param>
    /// <param name="status">Null for any.</param>
    public async Task<Page<Run>> ListAsync(
        Claims claims, Guid? conversationId, RunStatus? status, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await runs.ListAsync(claims, conversationId, status, page, cancellationToken));
    }

    /// <summary>All steps of a run, in the order they began.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.RunNotFound"/>.</exception>
    public Task<IReadOnlyList<RunStep>> StepsAsync(Claims claims, Guid runId, CancellationToken cancellationToken) =>
        StepsAsync(claims, runId, withPrompts: false, cancellationToken);

    /// <summary>All steps of a run, in the order they began, with the prompts that were kept if they are asked for.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.RunNotFound"/>.</exception>
    public async Task<IReadOnlyList<RunStep>> StepsAsync(Claims claims, Guid runId, bool withPrompts, CancellationToken cancellationToken) =>
        await runs.StepsAsync(claims, runId, withPrompts, cancellationToken) ?? throw NotFound(runId);

    /// <summary>One step of a run.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.StepNotFound"/>.</exception>
    public async Task<RunStep> StepAsync(Claims claims, Guid runId, Guid stepId, bool withPrompt, CancellationToken cancellationToken) =>
        await runs.FindStepAsync(claims, runId, stepId, withPrompt, cancellationToken) ?? throw StepNotFound(stepId);

    /// <summary>Two runs side by side.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.RunNotFound"/>.</exception>
    public async Task<RunComparison> CompareAsync(Claims claims, Guid leftId, Guid rightId, CancellationToken cancellationToken) =>
        RunComparison.Of(await ReadAsync(claims, leftId, cancellationToken), await ReadAsync(claims, rightId, cancellationToken));

    /// <summary>
    /// Asks a run to stop. A live worker stops its calls and ends it as <c>cancelled</c> a moment later; without one it has ended when this returns.
    /// A run that has ended stays as it is.
    /// </summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.RunNotFound"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task<Run> CancelAsync(Claims claims, Guid runId, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        if (await runs.RequestCancelAsync(claims, runId, cancellationToken) is { } job)
            await executor.RunAsync(job, cancellationToken);
        return await GetAsync(claims, runId, cancellationToken);
    }

    /// <summary>
    /// Lets a run that waits begin the iteration it waits for; a worker takes it up. A run that does not wait for it stays as it is: of two
    /// decisions at once one holds, and the other gets the run as it stands.
    /// </summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.RunNotFound"/>, <see cref="ErrorCode.InvalidValue"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public Task<Run> ApproveAsync(Claims claims, Guid runId, NewDecision? decision, CancellationToken cancellationToken) =>
        DecideAsync(claims, runId, RunApprovals.Approved, decision, cancellationToken);

    /// <summary>
    /// Ends a run that waits instead of beginning the iteration it waits for: <c>succeeded</c> with the best answer it has, <c>cancelled</c> without one.
    /// </summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.RunNotFound"/>, <see cref="ErrorCode.InvalidValue"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public Task<Run> RejectAsync(Claims claims, Guid runId, NewDecision? decision, CancellationToken cancellationToken) =>
        DecideAsync(claims, runId, RunApprovals.Rejected, decision, cancellationToken);

    /// <summary>
    /// Lets a run that has failed or was cancelled go on: what it has recorded stays, steps without an answer are called again, and a deadline
    /// begins anew. A run in progress stays as it is.
    /// </summary>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.RunNotFound"/>, <see cref="ErrorCode.RunNotRetryable"/> (it has succeeded), <see cref="ErrorCode.RunInProgress"/> (another
    /// run of the conversation), <see cref="ErrorCode.Forbidden"/>.
    /// </exception>
    public async Task<Run> RetryAsync(Claims claims, Guid runId, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var run = await GetAsync(claims, runId, cancellationToken);
        if (run.Status is RunStatus.Succeeded)
            throw new OvermindException(ErrorCode.RunNotRetryable, $"The run {runId} has succeeded. Ask again in a run of its own.");
        if (run.Status is not (RunStatus.Failed or RunStatus.Cancelled)) return run;
        try
        {
            await runs.RetryAsync(claims, runId, StoredTime.Now(time), cancellationToken);
        }
        catch (Npgsql.PostgresException e) when (e.ConstraintName == "workflow_runs_active_key")
        {
            throw InProgress(e);
        }
        catch (Npgsql.PostgresException e) when (e.ConstraintName == "jobs_unique_key_key")
        {
            // Somebody else has retried it just now.
        }

        return await GetAsync(claims, runId, cancellationToken);
    }

    /// <summary>Asks the run of a conversation to stop, where one is in progress.</summary>
    public async Task CancelActiveAsync(Claims claims, Guid conversationId, CancellationToken cancellationToken)
    {
        // A conversation has one active run at a time, and that is its newest.
        var newest = await runs.ListAsync(claims, conversationId, null, new PageRequest { Limit = 1 }, cancellationToken);
        if (newest is [{ Status: RunStatus.Queued or RunStatus.Running or RunStatus.Waiting } active, ..])
            await CancelAsync(claims, active.Id, cancellationToken);
    }

    /// <summary>
    /// The events after a number, as they happen, to the run's last one: the one with which it ended, unless a retry lets it go on.
    /// Which node runs it does not matter.
    /// </summary>
    /// <param name="after">The last number the reader has; -1 for all.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.RunNotFound"/>, at the first event asked for.</exception>
    public async IAsyncEnumerable<RunEvent> EventsAsync(
        Claims claims, Guid runId, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Before the first read: what is written from then on wakes this reader.
        using var watch = hub.Watch(runId);
        while (true)
        {
            var (status, events) = await runs.EventsAsync(claims, runId, after, EventPage, cancellationToken) ?? throw NotFound(runId);
            foreach (var @event in events)
            {
                yield return @event;
                after = @event.SequenceNumber;
            }

            if (events.Count == EventPage) continue;
            var ends = events is [.., { IsTerminal: true }];
            // The status was read first: the last event is among these, was read before, or is no longer kept.
            if (status is RunStatus.Succeeded or RunStatus.Failed or RunStatus.Cancelled && (ends || events.Count == 0)) yield break;
            // It has ended between the two reads, or was retried since.
            if (ends) continue;
            await watch.WaitAsync(cancellationToken);
        }
    }

    async Task<Run> DecideAsync(Claims claims, Guid runId, string decision, NewDecision? given, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        given ??= new NewDecision();
        given.Check();
        if ((await GetAsync(claims, runId, cancellationToken)).Waiting is { BudgetId: { } budget, Until: { } until })
            throw new OvermindException(
                ErrorCode.RunWaitsForBudget,
                $"The run waits for the budget {budget}, and for nobody's approval: it goes on by itself when the period ends ({until:u}) or the limit is raised. Cancel it if it is not to.");
        await runs.DecideAsync(claims, runId, decision, given, StoredTime.Now(time), cancellationToken);
        return await GetAsync(claims, runId, cancellationToken);
    }

    async Task<ComparedRun> ReadAsync(Claims claims, Guid runId, CancellationToken cancellationToken) => new(
        await GetAsync(claims, runId, cancellationToken),
        await runs.SnapshotAsync(claims, runId, cancellationToken) ?? throw NotFound(runId),
        await StepsAsync(claims, runId, cancellationToken));

    internal static OvermindException InProgress(Exception inner) => new(
        ErrorCode.RunInProgress, "The conversation has a run in progress. Wait for its end, or cancel it.", inner: inner);

    static OvermindException StepNotFound(Guid stepId) => new(ErrorCode.StepNotFound, $"There is no step {stepId} in this run.");

    internal static OvermindException NotFound(Guid runId) => new(ErrorCode.RunNotFound, $"There is no run {runId}.");

}
