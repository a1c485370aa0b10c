using System.Diagnostics;
using Npgsql;
using Overmind.Postgres;
using Overmind.Postgres.Embedded;
using Overmind.Tenancy;

namespace Overmind.Bench.Memories;

/// <summary>Makes organizations, each with a memory, and erases them, as the operator and the nightly job do. Whatever runs out of locks ends it.</summary>
static class TenantMeasure
{
    const int AtOnce = 4;

    public static async Task<TenantFigures> RunAsync(string folder, int tenants, Action<string> progress, CancellationToken cancellationToken)
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder, Log = progress }, cancellationToken);
        await using var opened = await OvermindDatabase.OpenAsync(new OvermindDatabaseOptions { ConnectionString = postgres.OwnerConnectionString }, cancellationToken);
        await using var owner = NpgsqlDataSource.Create(postgres.OwnerConnectionString);
        var database = new Database(opened.Requests);
        var store = new OrganizationOperationsStore(database);
        var run = $"{Guid.CreateVersion7():n}";
        progress($"Making {tenants:#,0} organizations");
        var made = new Organization[tenants];
        var created = await RateAsync(async (number, stop) =>
        {
            made[number] = await store.InsertAsync($"Tenant {number}", $"tenant-{run}-{number}", $"admin-{number}@{run}.example", stop);
            await database.ExecuteAsync(
                new Claims(made[number].Id, null, OrganizationRole.Admin) { DatabaseRole = DatabaseRole.ServiceRole },
                """
                insert into memories (user_id, memory_type, content, source, visibility, owner_id)
                select m.user_id, 'semantic', 'The harbour closes at ten', 'import', 'private', m.user_id from organization_members m
                """,
                [], stop);
        });
        progress("Erasing them");
        var erased = await RateAsync(async (number, stop) =>
        {
            await store.ChangeStateAsync(made[number].Id, "deleted", null, stop);
            while (!await store.PurgeAsync(made[number].Id, stop)) continue;
        });
        await using var left = owner.CreateCommand("select (select count(*) from organizations) + (select count(*) from memories), current_setting('max_locks_per_transaction')::int");
        await using var row = await left.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new TenantFigures(tenants, created, erased, row.GetInt64(0), row.GetInt32(1));

        async Task<double> RateAsync(Func<int, CancellationToken, Task> act)
        {
            var start = Stopwatch.GetTimestamp();
            await Parallel.ForEachAsync(
                Enumerable.Range(0, tenants), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (number, stop) => await act(number, stop));
            return tenants / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }
}
