using Overmind.Jobs;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>
/// Counts runs that have ended for their workflow and agents, all together. Runs of one workflow that end at once would otherwise wait for each
/// other on its row.
/// </summary>
[Job("run_uses.count")]
sealed class CountRunUses(Database database) : JobHandler<NoPayload>
{
    public override Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken) =>
        database.ExecuteAsync(Claims.Service, "select overmind.fold_run_uses()", [], cancellationToken);
}
