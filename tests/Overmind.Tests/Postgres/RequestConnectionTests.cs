using Npgsql;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Postgres;

public class RequestConnectionTests(TestPostgres postgres)
{
    [Theory]
    [InlineData("select 1")]
    [InlineData("select 1 / 0")]
    public async Task A_request_leaves_neither_claims_nor_transaction_on_its_connection(string statement)
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var tenant = await TestTenant.CreateAsync(database, "acme");
        // More than once, so that the statements are prepared ones.
        for (var i = 0; i < 5; i++)
            await IgnoreAsync(database.Database.ExecuteAsync(tenant.Admin, statement, [], CancellationToken.None));

        await using var connection = await database.Requests.OpenConnectionAsync();
        var (role, organization, first) = await LookAsync(connection);
        var (_, _, second) = await LookAsync(connection);
        role.ShouldBe(new NpgsqlConnectionStringBuilder(connection.ConnectionString).Username);
        organization.ShouldBeEmpty();
        second.ShouldBeGreaterThan(first, "a transaction is still open");
    }

    static async Task<(string Role, string Organization, DateTime TransactionStart)> LookAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            "select current_user::text, coalesce(current_setting('app.current_org_id', true), ''), now()", connection);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetString(0), row.GetString(1), row.GetDateTime(2));
    }

    static async Task IgnoreAsync(Task<int> request)
    {
        try
        {
            await request;
        }
        catch (PostgresException)
        {
            // What is looked at is what comes after.
        }
    }
}
