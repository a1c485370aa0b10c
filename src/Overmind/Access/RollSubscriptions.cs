using Overmind.Jobs;
using Overmind.Tenancy;

namespace Overmind.Access;

/// <summary>Begins the next period of subscriptions whose period is over, 1,000 a transaction.</summary>
[Job("subscriptions.roll")]
sealed class RollSubscriptions(OrganizationOperationsStore store) : JobHandler<NoPayload>
{
    const int Batch = 1000;

    public override async Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        var rolled = 0;
        for (var more = Batch; more == Batch; rolled += more)
            more = await store.RollSubscriptionsAsync(Batch, cancellationToken);
        context.Result = new() { ["rolled"] = rolled };
    }
}
