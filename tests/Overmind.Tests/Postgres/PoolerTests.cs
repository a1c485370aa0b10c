using Npgsql;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Postgres;

public class PoolerTests(TestPostgres postgres)
{
    const int Tenants = 16, Requests = 200, ServerConnections = 4;

    const string Look =
        """
        select overmind.org_id(), overmind.user_id(), array(select organization_id from conversations), pg_backend_pid() as server
        """;

    const string Write =
        """
        insert into conversations (organization_id, user_id, title)
        values ($1, $2, 'One of mine')
        """;

    /// <param name="spreads">Whether the claims are set as on Citus.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tenants_that_share_a_poolers_connections_see_their_own_rows_alone(bool spreads)
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var tenants = new List<Claims>();
        for (var i = 0; i < Tenants; i++)
            tenants.Add((await TestTenant.CreateAsync(database, $"tenant-{i}")).User);
        await using var pooler = await PgBouncer.StartAsync(await postgres.ServerAsync(), database, ServerConnections);
        await using var opened = await OvermindDatabase.OpenAsync(
            new OvermindDatabaseOptions { ConnectionString = database.OwnerConnectionString, PooledConnectionString = pooler.ConnectionString });

        var used = await Task.WhenAll(tenants.Select(tenant => Task.Run(() => AskAsync(new Database(opened.Requests, spreads), tenant))));

        var servers = used.SelectMany(server => server).ToHashSet();
        servers.Count.ShouldBe(ServerConnections);
        used.ShouldAllBe(server => server.Count > 1, "a tenant had a connection for itself");
        (await LookAtSessionsAsync(opened.Requests)).ShouldBe(servers.Select(server => new Session(server, "", 0)), ignoreOrder: true);
        (await opened.IsCurrentAsync(CancellationToken.None)).ShouldBeTrue();
    }

    // Of ten requests one writes, and one fails after it has written.
    static async Task<HashSet<int>> AskAsync(Database database, Claims claims)
    {
        var write = new Statement(Write, claims.OrganizationId, claims.UserId);
        var servers = new HashSet<int>();
        for (var (request, written) = (0, 0); request < Requests; request++)
        {
            if (request % 10 == 3)
                written += await database.ExecuteAsync(claims, write.Sql, write.Parameters, CancellationToken.None);
            if (request % 10 == 6)
                (await Should.ThrowAsync<PostgresException>(FailAsync(database, claims, write))).SqlState.ShouldBe(PostgresErrorCodes.DivisionByZero);
            var seen = await database.FindAsync(claims, new Statement(Look), Read, CancellationToken.None);
            (seen!.Organization, seen.User).ShouldBe((claims.OrganizationId!.Value, claims.UserId!.Value), $"request {request}");
            seen.Rows.ShouldBe(Enumerable.Repeat(claims.OrganizationId.Value, written), $"request {request}");
            servers.Add(seen.Server);
        }
        return servers;
    }

    static Seen Read(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetGuid(1), row.GetFieldValue<Guid[]>(2), row.GetInt32(3));

    static async Task FailAsync(Database database, Claims claims, Statement write)
    {
        await using var results = await database.SendAsync(claims, [write, new Statement("select 1 / 0")], CancellationToken.None);
        await results.CompleteAsync();
    }

    // Transactions that are open at the same time have a server connection each.
    static async Task<IReadOnlyList<Session>> LookAtSessionsAsync(NpgsqlDataSource source)
    {
        var sessions = new List<Session>();
        var open = new List<NpgsqlConnection>();
        while (open.Count < ServerConnections)
        {
            var connection = await source.OpenConnectionAsync();
            open.Add(connection);
            await connection.BeginTransactionAsync();
            await using var command = new NpgsqlCommand(
                """
                select pg_backend_pid(), concat(current_setting('app.current_org_id', true), nullif(current_user, session_user)),
                    (select count(*) from pg_prepared_statements)
                """, connection);
            await using var row = await command.ExecuteReaderAsync();
            await row.ReadAsync();
            sessions.Add(new Session(row.GetInt32(0), row.GetString(1), row.GetInt64(2)));
        }
        foreach (var connection in open)
            await connection.DisposeAsync();
        return sessions;
    }

    sealed record Seen(Guid Organization, Guid User, Guid[] Rows, int Server);

    sealed record Session(int Server, string LeftOver, long Prepared);
}
