using Overmind.Jobs;
using Overmind.Tenancy;

namespace Overmind.Access;

/// <summary>
/// Suspends cancelled organizations whose time is over, and deletes for good, with everything under them, those that were deleted
/// <see cref="OrganizationOperations.KeptAfterDeletion"/> ago.
/// </summary>
[Job("organizations.end")]
sealed class EndOrganizations(OrganizationOperationsStore store, OrganizationOperations operations, TimeProvider time) : JobHandler<NoPayload>
{
    public override async Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        var suspended = await store.EndCancelledAsync(cancellationToken);
        var purged = await store.ToPurgeAsync(time.GetUtcNow() - OrganizationOperations.KeptAfterDeletion, cancellationToken);
        foreach (var organization in purged)
            await operations.PurgeAsync(organization, cancellationToken);
        context.Result = new() { ["suspended"] = suspended, ["purged"] = purged.Count };
    }
}
