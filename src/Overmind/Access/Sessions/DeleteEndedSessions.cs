using Overmind.Jobs;

namespace Overmind.Access.Sessions;

/// <summary>Deletes sessions that ended 30 days ago, and what links and keys are left of old.</summary>
[Job("sessions.clean")]
sealed class DeleteEndedSessions(SessionStore store) : JobHandler<NoPayload>
{
    public override Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken) => store.DeleteEndedAsync(cancellationToken);
}
