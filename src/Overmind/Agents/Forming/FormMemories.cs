using Microsoft.Extensions.Logging;
using Overmind.Errors;
using Overmind.Jobs;
using Overmind.Memory.Forming;
using Overmind.Models;
using Overmind.Postgres;

namespace Overmind.Agents.Forming;

/// <summary>
/// Does the jobs of kind <c>memory.form</c>: what members said in a conversation since the last time is read, by rules or by a model, and what is lasting becomes
/// memories of theirs, in one transaction with how far was read. So a job that is repeated adds nothing twice, and one that dies loses nothing.
/// </summary>
[Job("memory.form")]
sealed class FormMemories(
    FormingStore store, RuledForming rules, ModelledForming modelled, RunStartStore starts, TimeProvider time, ILogger<FormMemories> logger)
    : JobHandler<FormMemoriesPayload>
{
    internal static readonly JobKindOptions Options = new() { CallsModels = true, MaxAttempts = 5, ConcurrencyPerOrganization = 4 };

    /// <inheritdoc/>
    public override async Task HandleAsync(FormMemoriesPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        var claims = new Claims(context.Job.OrganizationId, null, OrganizationRole.Admin) { DatabaseRole = DatabaseRole.ServiceRole };
        var conversation = payload.ConversationId;
        while (await store.PlanAsync(claims, conversation, cancellationToken) is { Mode: not FormingMode.Off } plan)
        {
            if (plan.Messages.Count == 0)
            {
                // What moderation has still to say of is read when it has said.
                if (context.IsEndRecorded = await store.CompleteAsync(claims, conversation, context.Job, context.Result, cancellationToken))
                    return;
            }
            else if (plan.Later is { } later)
            {
                await store.PutOffAsync(claims, context.Job, later, cancellationToken);
                context.IsEndRecorded = true;
                return;
            }
            else
            {
                await FormAsync(claims with { UserId = plan.OwnerId }, conversation, plan, context, cancellationToken);
            }
        }
    }

    async Task FormAsync(Claims claims, Guid conversation, FormingPlan plan, JobContext context, CancellationToken cancellationToken)
    {
        try
        {
            var model = plan.Mode is FormingMode.Model ? await ModelAsync(claims, conversation, cancellationToken) : ModelReference.Offline;
            var formed = model == ModelReference.Offline
                ? await rules.FormAsync(claims, conversation, plan.Messages, cancellationToken)
                : await modelled.FormAsync(claims, model, plan.Messages, $"{context.Job.Id}-{context.Job.AttemptCount}", cancellationToken);
            var counts = await store.FormAsync(claims, conversation, plan, formed, cancellationToken);
            if (counts is null)
                return;
            context.Result ??= [];
            foreach (var (name, count) in counts)
                context.Result[name] = (int)(context.Result[name] ?? 0) + (int)count!;
            logger.MemoriesFormed(conversation, plan.Messages.Count, counts.ToJsonString());
        }
        catch (Exception e) when (e is not OperationCanceledException and not OvermindException { Budget: not null })
        {
            await store.FailAsync(claims, conversation, plan.Messages[0].Branch, e.Message, cancellationToken);
            throw;
        }
    }

    /// <summary>The one with which a run here would write its answer.</summary>
    async Task<ModelReference> ModelAsync(Claims claims, Guid conversationId, CancellationToken cancellationToken)
    {
        var sources = await starts.SourcesAsync(claims, conversationId, null, null, cancellationToken);
        return sources is { Conversation: not null, Workflow: not null }
            ? RunSnapshotBuilder.Build(sources, "", new RunOptions(), time.GetUtcNow()).SynthesisModel
            : InstallationDefaults.Model;
    }
}
