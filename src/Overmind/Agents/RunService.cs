using System.Runtime.CompilerServices;
using Overmind.Conversations;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Usage;
using Overmind.Usage.Budgets;

namespace Overmind.Agents;

/// <summary>Runs: making them, reading them, watching them, stopping them. Workers make their calls (<see cref="RunExecutor"/>).</summary>
public sealed class RunService(
    RunStore runs, RunExecutor executor, RunEventHub hub, CallPrices prices, BudgetGate budgets, ChatModels models, TimeProvider time)
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
    public async Task<Run> CreateAsync(
        Claims claims, Guid conversationId, string question, RunOptions? options, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        options ??= new RunOptions();
        options.Check();
        NewMessage.CheckContent("question", question);
        await CheckAvailableAsync(claims, options, cancellationToken);

        var sources = await runs.SourcesAsync(claims, conversationId, options.WorkflowName, cancellationToken);
        if (sources.Conversation is not { } conversation) throw ConversationNotFound(conversationId);
        if (sources.Workflow is not { } workflow || sources.Agents.Count == 0) throw WorkflowNotFound(sources, options);
        var now = StoredTime.Now(time);
        var snapshot = await PricedAsync(claims, RunSnapshotBuilder.Build(sources, question, options, now), cancellationToken);
        // What it costs is the owner's of the conversation, whoever asks.
        await budgets.EnsureAsync(claims with { UserId = conversation.UserId }, Models(snapshot), workflow.Key, cancellationToken);

        var run = new Run
        {
            Id = options.Id,
            ConversationId = conversationId,
            QuestionMessageId = Guid.CreateVersion7(),
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
            await runs.CreateAsync(claims, run, Guid.CreateVersion7(), conversation.UserId, snapshot, cancellationToken);
        }
        catch (Npgsql.PostgresException e) when (e.ConstraintName == "workflow_runs_active_key")
        {
            throw InProgress(e);
        }
        catch (Npgsql.PostgresException e) when (e.ConstraintName == "workflow_runs_pkey")
        {
            return await GetAsync(claims, run.Id, cancellationToken);
        }

        return run;
    }

    /// <summary>What the next run would use; null when the organization has no such workflow.</summary>
    /// <param name="conversationId">Null for one in a new conversation.</param>
    public async Task<RunPlan?> PlanAsync(Claims claims, Guid? conversationId, CancellationToken cancellationToken)
    {
        var sources = await runs.SourcesAsync(claims, conversationId ?? Guid.Empty, null, cancellationToken);
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
