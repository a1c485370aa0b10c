using Npgsql;
using Overmind.Jobs;
using Overmind.Postgres;

namespace Overmind.Bench.Jobs;

/// <summary>Leaves a row for each time it is called, committed before the job is: what a mail or a payment would be.</summary>
[Job("bench.effect")]
sealed class EffectHandler(OvermindDatabase database) : JobHandler<NoOpPayload>
{
    public override async Task HandleAsync(NoOpPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        // It is the workers that are killed and not the server, so nothing has to wait for the disk.
        await using var command = database.Requests.CreateCommand("insert into bench_effects (number) select $1 from set_config('synchronous_commit', 'off', true)");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = payload.Number });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
