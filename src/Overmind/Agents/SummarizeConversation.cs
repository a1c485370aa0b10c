using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Overmind.Conversations;
using Overmind.Jobs;
using Overmind.Models;
using Overmind.Models.Tokens;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>
/// Does the jobs of kind <c>conversation.summarize</c>: a model sums up the messages that are to leave a context window, and what it was at that moment is
/// replaced in one statement. Whatever fails, the window is as before. The call is reserved in the ledger before and settled after it.
/// </summary>
[Job("conversation.summarize")]
sealed class SummarizeConversation(
    ContextWindowStore windows, RunStartStore starts, ChatModels models, LedgerCall ledger, TimeProvider time, ILogger<SummarizeConversation> logger)
    : JobHandler<SummarizeConversationPayload>
{
    /// <summary>The most tokens of a summary, where the window has room for eight times as many.</summary>
    const int LongestSummary = 1024;
    const int ShortestSummary = 64;

    internal static readonly JobKindOptions Options = new() { CallsModels = true };

    /// <inheritdoc/>
    public override async Task HandleAsync(SummarizeConversationPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        var claims = new Claims(context.Job.OrganizationId, payload.UserId, payload.Role);
        var room = (int)Math.Clamp(payload.TargetTokens / 8, ShortestSummary, LongestSummary);
        if (await windows.PlanSummaryAsync(claims, payload.ConversationId, payload.Branch, payload.TargetTokens, room, cancellationToken) is not { } plan)
        {
            context.Result = new() { ["summarized"] = 0 };
            return;
        }

        var model = await ModelAsync(claims, payload.ConversationId, cancellationToken);
        var prompt = SummaryPrompt.Of(plan.Summary, await windows.TextsAsync(claims, plan.LeftIds, cancellationToken), room);
        var options = new ChatOptions
        {
            MaxOutputTokens = room,
            Temperature = 0.2f,
            AdditionalProperties = new() { ["idempotency_key"] = $"{context.Job.Id}-{context.Job.AttemptCount}" },
        };
        var summary = await AskAsync(claims, model, prompt, options, cancellationToken);
        var tokens = (int)Math.Min(TokenCount.Of(model, summary), int.MaxValue);
        if (summary.Length == 0 || tokens >= plan.LeftTokens)
            throw new JobFailedException($"{model} gave no summary that is shorter than what it is of: the window stays as it is.");
        var done = await windows.SummarizeAsync(claims, payload.ConversationId, payload.Branch, plan, summary, tokens, model, cancellationToken);
        if (!done)
            logger.WindowChanged(payload.ConversationId);
        context.Result = new() { ["summarized"] = done ? plan.LeftIds.Length : 0 };
    }

    async Task<string> AskAsync(Claims claims, ModelReference model, IReadOnlyList<ChatMessage> prompt, ChatOptions options, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(5), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var client = await models.GetAsync(claims, model, stop.Token);
        var response = await ledger(
            claims, model, "chat", "summary", prompt, call => client.GetResponseAsync(prompt, options, call), stop.Token);
        return StoredText.Clean(response.Text).Trim();
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
