using Npgsql;
using Overmind.Testing;

namespace Overmind.Tests.Usage;

/// <summary>Does at random what happens to a ledger: calls are reserved, settled, priced anew, moved and deleted, alone and many at once, and some of it is undone or dies.</summary>
sealed class UsageWriter(TestDatabase database, TestTenant tenant, Random random)
{
    static readonly string[] Zones = ["UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York", "Pacific/Apia"];

    static readonly string[] Changes =
    [
        "insert into token_usage (organization_id, user_id, provider, model) select $1, $2, 'openai', 'gpt-4o' where $3 is not null",
        """
        insert into token_usage (
            organization_id, user_id, provider, model, operation, status, settled_at, created_at, tokens_input, tokens_output, tokens_cached, cost, currency, latency_ms, project_id)
        select
            $1, case when n % 4 > 0 then $2 end, 'openai', 'model-' || n % 3, (array['chat', 'embedding'])[1 + n % 2], 'settled', now(), now() - $3 * interval '1 second' * n,
            nullif(n % 7, 0) * 1000, nullif(n % 5, 0) * 100, n % 3, case when n % 6 > 0 then 0.000123 * n end, (array['USD', 'USD', 'EUR'])[1 + n % 3], nullif(n % 9, 0) * 77,
            case when n % 5 = 0 then $1 end
        from generate_series(1, 1 + $3 % 20) as n
        """,
        """
        update token_usage
        set status = 'settled', settled_at = now(), tokens_input = $3, tokens_output = 7, cost = 0.01 * $3, latency_ms = $3
        where organization_id = $1 and status = 'reserved' and ($2::uuid is not null or true)
        """,
        "update token_usage set cost = nullif($3 % 11, 0) * 0.7 where organization_id = $1 and user_id = $2 and mod(tokens_output, 3) = mod($3, 3)",
        "update token_usage set user_id = $2, latency_ms = $3 where organization_id = $1 and created_at < now() - $3 * interval '10 seconds'",
        "delete from token_usage where organization_id = $1 and user_id is distinct from $2 and mod(coalesce(latency_ms, 0), 5) = mod($3, 5)",
        "insert into usage_changes (organization_id, user_id, created_at, messages) select $1, $2, now() - $3 * interval '1 hour', 1",
    ];

    /// <summary>One thing, whatever comes of it.</summary>
    public async Task StepAsync()
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.OwnerConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        // By itself: whoever changes calls as well could wait for another who does, and rebuilding for both.
        if (random.Next(6) == 0)
        {
            await ExecuteAsync(connection, "update organizations set timezone = $2 where id = $1", tenant.OrganizationId, Zones[random.Next(Zones.Length)]);
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync();
        try
        {
            for (var i = random.Next(1, 4); i > 0; i--)
                await ChangeAsync(connection);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.DeadlockDetected)
        {
            // Two writers changed the same calls in another order; this one is undone.
            return;
        }
        switch (random.Next(8))
        {
            case 0:
                await transaction.RollbackAsync();
                break;
            case 1:
                await ExecuteAsync(connection, "select overmind.fold_usage($1)", random.Next(1, 50));
                await transaction.RollbackAsync();
                break;
            case 2:
                await ExecuteAsync(connection, "select overmind.fold_usage($1)", random.Next(1, 50));
                await Should.ThrowAsync<NpgsqlException>(ExecuteAsync(connection, "select pg_terminate_backend(pg_backend_pid())"));
                break;
            default:
                await transaction.CommitAsync();
                break;
        }
    }

    Task ChangeAsync(NpgsqlConnection connection) => ExecuteAsync(
        connection, Changes[random.Next(Changes.Length)], tenant.OrganizationId, (random.Next(2) == 0 ? tenant.User : tenant.OtherUser).UserId!, random.Next(1, 4000));

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await command.ExecuteNonQueryAsync();
    }
}
