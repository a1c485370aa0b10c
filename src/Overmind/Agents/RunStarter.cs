using System.Text.Json;
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

namespace Overmind.Agents;

/// <summary>What comes between a question and its run: what it is made from, moderation, attachments, memories, prices and budgets.</summary>
public sealed class RunStarter(
    RunStartStore starts, RunStore runs, CallPrices prices, BudgetGate budgets, ChatModels models, TimeProvider time, Moderator? moderator = null,
    QuestionAttachments? attachments = null, MemoryRecall? recall = null, TextEmbedder? embedder = null)
{
    /// <summary>What the next run would use; null when the organization has no such workflow.</summary>
    /// <param name="conversationId">Null for one in a new conversation.</param>
    internal async Task<RunPlan?> PlanAsync(Claims claims, Guid? conversationId, CancellationToken cancellationToken)
    {
        var sources = await starts.SourcesAsync(claims, conversationId ?? Guid.Empty, null, null, cancellationToken);
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

    /// <summary>Asks a question, whoever made it of what: what it is asked with is read and checked, then all of it is written.</summary>
    internal async Task<Run> StartAsync(
        Claims claims, Guid conversationId, RunQuestion question, RunOptions? options, CancellationToken cancellationToken, string? earlierParts = null)
    {
        options ??= new RunOptions();
        options.Check();
        await CheckAvailableAsync(claims, options, cancellationToken);
        if (attachments is not null && (options.AttachmentIds is not null || earlierParts is not null))
            question = await attachments.AttachAsync(
                claims, conversationId, question, options.AttachmentIds, earlierParts is null ? null : JsonElement.Parse(earlierParts), cancellationToken);

        var reserved = (int)TokenCount.Of(ModelReference.Offline, question.AttachedText);
        var sources = await starts.SourcesAsync(claims, conversationId, options.WorkflowName, question.HistoryEndsBefore, cancellationToken, reserved);
        if (sources.Conversation is not { } conversation) throw ConversationNotFound(conversationId);
        if (sources.Workflow is not { } workflow || sources.Agents.Count == 0) throw WorkflowNotFound(sources, options);
        var verdict = moderator is null || question.IsThere ? null : await moderator.JudgeAsync(claims, question.Text + question.AttachedText, question.Parts, cancellationToken);
        if (verdict is not null && !sources.Organization.Moderation.ReachesModels(verdict.Status))
        {
            await starts.KeepAsync(claims.With(verdict), conversationId, question, cancellationToken);
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
            await starts.CreateAsync(claims.With(verdict), run, question, Guid.CreateVersion7(), conversation.UserId, snapshot, cancellationToken);
        }
        catch (Npgsql.PostgresException e) when (e.ConstraintName == "workflow_runs_active_key")
        {
            throw RunService.InProgress(e);
        }
        catch (Npgsql.PostgresException e) when (e.ConstraintName == MessageAttachments.Key)
        {
            throw MessageAttachments.Gone(e);
        }
        catch (Npgsql.PostgresException e) when (e.ConstraintName == "workflow_runs_pkey")
        {
            return await StartedAsync(claims, run.Id, cancellationToken);
        }

        // Which branch was made for it, the database says.
        return question.Fork is null ? run : await StartedAsync(claims, run.Id, cancellationToken);
    }

    async Task<Run> StartedAsync(Claims claims, Guid runId, CancellationToken cancellationToken) =>
        await runs.FindAsync(claims, runId, cancellationToken) ?? throw RunService.NotFound(runId);

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

    static IEnumerable<ModelReference> Models(RunSnapshot snapshot) =>
        snapshot.Agents.Select(a => a.Model).Append(snapshot.SynthesisModel).Append(snapshot.JudgeModel).Distinct();

    static OvermindException Kept(RunQuestion question, ModerationVerdict verdict) => verdict.Status is ModerationStatus.Pending
        ? new(ErrorCode.MessageBlocked, $"The question is stored as message {question.MessageId} and waits for moderation. Have it answered when it is approved.", "question")
        : new(
            ErrorCode.MessageBlocked,
            $"Moderation keeps the question from models ({string.Join(", ", verdict.Flags.Select(flag => flag.Code))}). It is stored as message {question.MessageId} for the review.", "question");

    static OvermindException ConversationNotFound(Guid id) => new(ErrorCode.ConversationNotFound, $"There is no conversation {id}.");

    static OvermindException WorkflowNotFound(RunSources sources, RunOptions options) => new(
        ErrorCode.WorkflowNotFound,
        sources.Workflow is null
            ? options.WorkflowName is { Version: not null } version
                ? $"There is no workflow '{version}'. Name a version that is there, or leave @ and the number out for the active one."
                : $"There is no active workflow '{options.Workflow ?? InstallationDefaults.Workflow}'."
            : $"The workflow '{sources.Workflow.Key}' has no active agent. Restore one or make it active, or name another workflow or version.",
        "workflow");
}
