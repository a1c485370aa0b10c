using Overmind.Jobs;
using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>Archives conversations that had no message for as many days as their organization says (<c>auto_archive_days</c>); a new message takes one up again.</summary>
[Job("conversations.archive")]
sealed class ArchiveStaleConversations(ArchiveStore store) : JobHandler<NoPayload>
{
    public override async Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        var archived = 0L;
        foreach (var organization in await store.OrganizationsAsync(cancellationToken))
        {
            var claims = new Claims(organization, null, OrganizationRole.Admin) { DatabaseRole = DatabaseRole.ServiceRole };
            for (Guid? last = Guid.Empty; last is { } after;)
            {
                (var more, last) = await store.ArchiveAsync(claims, after, cancellationToken);
                archived += more;
            }
        }

        context.Result = new() { ["archived"] = archived };
    }
}
