using Overmind.Postgres;

namespace Overmind.Jobs;

/// <summary>Keeps the monthly partitions three months ahead; migrating makes the first.</summary>
[Job("partitions.create")]
sealed class CreatePartitions(Database database) : JobHandler<NoPayload>
{
    public override Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken) =>
        database.ExecuteAsync(Claims.Service, "select public.create_monthly_partitions()", [], cancellationToken);
}
