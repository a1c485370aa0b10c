using Overmind.Jobs;

namespace Overmind.Conversations;

/// <summary>Abandons sessions in which nothing was said for as long as their organization says.</summary>
[Job("conversation_sessions.abandon")]
sealed class AbandonSessions(ConversationSessionStore sessions) : JobHandler<NoPayload>
{
    public override async Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken) =>
        context.Result = new() { ["abandoned"] = await sessions.AbandonAsync(cancellationToken) };
}
