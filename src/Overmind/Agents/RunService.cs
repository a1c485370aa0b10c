using System.Runtime.CompilerServices;
using System.Text.Json;
using Overmind.Conversations;
using Overmind.Conversations.Attachments;
using Overmind.Conversations.Moderation;
using Overmind.Conversations.Vectors;
using Overmind.Errors;
using Overmind.Memory.Recall;
using Overmind.Models;
using Overmind.Models.Tokens;
using Overmind.Postgres;
using Overmind.Usage;
using Overmind.Usage.Budgets;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>Runs: making them, reading them, watching them, stopping them. Workers make their calls (<see cref="RunExecutor"/>).</summary>
public sealed class RunService(
    RunStore runs, RunExecutor executor, RunEventHub hub, CallPrices prices, BudgetGate budgets, ChatModels models, TimeProvider time, Moderator? moderator = null,
    QuestionAttachments? attachments = null, MemoryRecall? recall = null, TextEmbedder? embedder = null)
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
        return StartAsync(claims, conversationId, new RunQuestion(question), options, cancellationToken);
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
        return await StartAsync(
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
        return await StartAsync(
            claims, conversationId,
            new RunQuestion(content)
            {
                HistoryEndsBefore = new BranchPoint(asked.Branch, asked.Seq),
                Fork = new RunFork(messageId, BranchReason.Edit, IsBefore: true),
            },
            options, cancellationToken, asked.QuestionParts);
    }

    async Task<Run> StartAsync(
        Claims claims, Guid conversationId, RunQuestion question, RunOptions? options, CancellationToken cancellationToken, string? earlierParts = null)
    {
        options ??= new RunOptions();
        options.Check();
        await CheckAvailableAsync(claims, options, cancellationToken);
        if (attachments is not null && (options.AttachmentIds is not null || earlierParts is not null))
            question = await attachments.AttachAsync(
                claims, conversationId, question, options.AttachmentIds, earlierParts is null ? null : JsonElement.Parse(earlierParts), cancellationToken);

        var reserved = (int)TokenCount.Of(ModelReference.Offline, question.AttachedText);
        var sources = await runs.SourcesAsync(claims, conversationId, options.WorkflowName, question.HistoryEndsBefore, cancellationToken, reserved);
        if (sources.Conversation is not { } conversation) throw ConversationNotFound(conversationId);
        if (sources.Workflow is not { } workflow || sources.Agents.Count == 0) throw WorkflowNotFound(sources, options);
        var verdict = moderator is null || question.IsThere ? null : await moderator.JudgeAsync(claims, question.Text + question.AttachedText, question.Parts, cancellationToken);
        if (verdict is not null && !sources.Organization.Moderation.ReachesModels(verdict.Status))
        {
            await runs.KeepAsync(claims.With(verdict), conversationId, question, cancellationToken);
            throw Kept(question, verdict);
        }

        if (embedder is not null && !question.IsThere)
            question = question with { Vector = await embedder.EmbedAtOnceAsync(question.Text, cancellationToken) };
        var now = StoredTime.Now(time);
        if (attachments is not null)
            sources = sources with { History = await attachments.WithTextsAsync(claims, conversationId, sources.History, cancellationToken) };
        var memories = recall is null ? [] : await new RunMemories(recall).FindAsync(claims, sources, question.Text, cancellationToken);
        var built = RunSnapshotBuilder.Build(sources, question.Text, options, now) with { Attachments = question.Attachments, Memories = memories };
        var snapshot = await PricedAsync(claims, built, cancellationToken);
        // What it costs is the owner's of the conversation, whoever asks.
        await budgets.EnsureAsync(claims with { UserId = conversation.UserId }, Models(snapshot), workflow.Key, cancellationToken);

        var run = new Run
        {
            Id = options.Id,
            ConversationId = conversationId,
            Branch = conversation.ActiveBranch,
            QuestionMessageId = question.MessageId,
            Workflow = new RunWorkflow(workflow.Id, workflow.Key, workflow.Version, workflow.Name),
            Status = RunStatus.Queued,
            QualityThreshold = snapshot.QualityThreshold,
            MaxN2Iterations = snapshot.MaxN2Iterations,
            CostCapUsd = snapshot.CostCapUsd,
            ApproveFromIteration = snapshot.ApproveFromIteration,
            ApproveAboveUsd = snapshot.ApproveAboveUsd,
            DeadlineAt = snapshot.Deadline,
            N2Iterations = 0,
            TokensInput = 0,
            TokensOutput = 0,
            CostUsd = 0,
            IsOffline = Models(snapshot).Any(m => m.Provider == ModelReference.Offline.Provider),
            CreatedAt = now,
        };
        try
        {
            await runs.CreateAsync(claims.With(verdict), run, question, Guid.CreateVersion7(), conversation.UserId, snapshot, cancellationToken);
        }
        catch (Npgsql.PostgresException e) when (e.ConstraintName == "workflow_runs_active_key")
        {
            throw InProgress(e);
        }
        catch (Npgsql.PostgresException e) when (e.ConstraintName == MessageAttachments.Key)
        {
            throw MessageAttachments.Gone(e);
        }
        catch (Npgsql.PostgresException e) when (e.ConstraintName == "workflow_runs_pkey")
        {
            return await GetAsync(claims, run.Id, cancellationToken);
        }

        // Which branch was made for it, the database says.
        return question.Fork is null ? run : await GetAsync(claims, run.Id, cancellationToken);
    }

    static OvermindException Kept(RunQuestion question, ModerationVerdict verdict) => verdict.Status is ModerationStatus.Pending
        ? new(ErrorCode.MessageBlocked, $"The question is stored as message {question.MessageId} and waits for moderation. Have it answered when it is approved.", "question")
        : new(
            ErrorCode.MessageBlocked,
            $"Moderation keeps the question from models ({string.Join(", ", verdict.Flags.Select(flag => flag.Code))}). It is stored as message {question.MessageId} for the review.", "question");

    /// <summary>What the next run would use; null when the organization has no such workflow.</summary>
    /// <param name="conversationId">Null for one in a new conversation.</param>
    public async Task<RunPlan?> PlanAsync(Claims claims, Guid? conversationId, CancellationToken cancellationToken)
    {
        var sources = await runs.SourcesAsync(claims, conversationId ?? Guid.Empty, null, null, cancellationToken);
        if (sources.Workflow is not { } workflow) return null;
        var snapshot = RunSnapshotBuilder.Build(
            sources with { Conversation = sources.Conversation ?? new RunSources.ConversationRow() }, "", new RunOptions(), StoredTime.Now(time));
        return new RunPlan
        {
            WorkflowKey = workflow.Key,
            WorkflowName = workflow.Name,
            WorkflowVersion = workflow.Version,
            Agents = [.. snapshot.Agents.Select(a => a.Name)],
            QualityThreshold = snapshot.QualityThreshold,
            MaxN2Iterations = snapshot.MaxN2Iterations,
            IsOffline = Models(snapshot).Any(m => m.Provider == ModelReference.Offline.Provider),
        };
    }

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

    static OvermindException InProgress(Exception inner) => new(
        ErrorCode.RunInProgress, "The conversation has a run in progress. Wait for its end, or cancel it.", inner: inner);

    static OvermindException StepNotFound(Guid stepId) => new(ErrorCode.StepNotFound, $"There is no step {stepId} in this run.");

    static IEnumerable<ModelReference> Models(RunSnapshot snapshot) =>
        snapshot.Agents.Select(a => a.Model).Append(snapshot.SynthesisModel).Append(snapshot.JudgeModel).Distinct();

    static OvermindException NotFound(Guid runId) => new(ErrorCode.RunNotFound, $"There is no run {runId}.");

    static OvermindException ConversationNotFound(Guid id) => new(ErrorCode.ConversationNotFound, $"There is no conversation {id}.");

    static OvermindException WorkflowNotFound(RunSources sources, RunOptions options) => new(
        ErrorCode.WorkflowNotFound,
        sources.Workflow is null
            ? options.WorkflowName is { Version: not null } version
                ? $"There is no workflow '{version}'. Name a version that is there, or leave @ and the number out for the active one."
                : $"There is no active workflow '{options.Workflow ?? InstallationDefaults.Workflow}'."
            : $"The workflow '{sources.Workflow.Key}' has no active agent. Restore one or make it active, or name another workflow or version.",
        "workflow");

    async Task CheckAvailableAsync(Claims claims, RunOptions options, CancellationToken cancellationToken)
    {
        await CheckAsync("models.agents", options.AgentModel);
        await CheckAsync("models.synthesis", options.SynthesisModel);
        await CheckAsync("models.judge", options.JudgeModel);

        async Task CheckAsync(string param, ModelReference? model)
        {
            if (model is null) return;
            try
            {
                await models.GetAsync(claims, model, cancellationToken);
            }
            catch (ModelUnavailableException e)
            {
                throw new OvermindException(ErrorCode.ModelUnavailable, e.Message, param, e);
            }
        }
    }

    /// <summary>Refuses a limit of cost that could not hold, and notes what the first iteration may cost where somebody is asked.</summary>
    async Task<RunSnapshot> PricedAsync(Claims claims, RunSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (snapshot is { CostCapUsd: null, ApproveAboveUsd: null, ApproveFromIteration: null }) return snapshot;
        var calls = RunApprovals.FirstCalls(snapshot);
        var costs = await prices.EstimateAsync(claims, calls, cancellationToken);
        var unpriced = calls.Zip(costs).FirstOrDefault(c => c.Second is null).First.Model;
        if (unpriced is not null && snapshot is not { CostCapUsd: null, ApproveAboveUsd: null })
            throw new OvermindException(
                ErrorCode.CostCapUnpriced,
                $"The price of {unpriced} is not known, so a limit of cost cannot hold. Set its price (`overmind prices set {unpriced}`), leave the limit out, or use a model with a known price.",
                snapshot.CostCapUsd is null ? "approve_above_usd" : "cost_cap_usd");
        return snapshot with { FirstIterationUsd = RunApprovals.Sum(costs) };
    }
}
