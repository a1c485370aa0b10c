using Npgsql;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

/// <summary>Does something with the sums of usage as the owner of the instance's schema.</summary>
static class UsageOwner
{
    public static async Task<T> RunAsync<T>(InstanceFolder folder, Func<NpgsqlDataSource, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await using var instance = await InstanceDatabase.OpenAsync(folder, ct);
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(instance.Url) { Pooling = false }.ConnectionString);
        try
        {
            return await work(owner, ct);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new CliException("not_the_owner", "the login does not own the schema, and no other sees all of the ledger", "name the schema's owner in OVERMIND_DATABASE_URL");
        }
        catch (PostgresException older) when (older.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction)
        {
            throw new CliException("schema_not_current", "the schema is not that of this version", "run `overmind db migrate`");
        }
    }
}
