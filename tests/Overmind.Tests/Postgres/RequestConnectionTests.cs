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

    [Fact]
    public async Task What_fails_only_at_the_end_of_the_transaction_fails_and_leaves_nothing()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var tenant = await TestTenant.CreateAsync(database, "acme");
        await database.ExecuteAsync("create table late (number integer unique deferrable initially deferred); grant select, insert on late to authenticated");
        for (var i = 0; i < 5; i++)
            (await Should.ThrowAsync<PostgresException>(database.Database.ExecuteAsync(tenant.Admin, "insert into late values (1), (1)", [], CancellationToken.None)))
                .SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);

        (await database.ScalarAsync<long>("select count(*) from late")).ShouldBe(0);
        (await database.Database.ExecuteAsync(tenant.Admin, "insert into late values (1)", [], CancellationToken.None)).ShouldBe(1);
    }

    [Fact]
    public async Task A_setting_of_one_statement_holds_for_those_after_it_and_no_longer()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var tenant = await TestTenant.CreateAsync(database, "acme");
        await using (var results = await database.Database.SendAsync(
            tenant.Admin, [new("set local app.change_reason = 'typo'"), new("select current_setting('app.change_reason')")], CancellationToken.None))
            (await results.FindAsync<string>()).ShouldBe("typo");

        (await database.Database.FindAsync<string>(tenant.Admin, "select coalesce(current_setting('app.change_reason', true), '')", [], CancellationToken.None)).ShouldBe("");
    }

    [Fact]
    public async Task The_claims_that_a_Citus_cluster_passes_on_are_the_same()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var tenant = await TestTenant.CreateAsync(database, "acme");
        var claims = tenant.User with { Moderation = """{"note": "it's \\ so"}""" };
        var looks = new Statement(
            "select current_user || ' ' || concat_ws(' ', overmind.org_id(), overmind.user_id(), overmind.org_role(), current_setting('app.moderation'), current_setting('synchronous_commit'))");

        var seen = new List<string>();
        foreach (var way in new[] { new Database(database.Requests), new Database(database.Requests, spreads: true) })
        {
            await using var results = await way.SendAsync(claims, [looks], waitsForDisk: false, CancellationToken.None);
            seen.Add((await results.FindAsync(row => row.GetString(0)))!);
        }

        seen[1].ShouldBe(seen[0]);
        seen[0].ShouldStartWith($"authenticated {tenant.User.OrganizationId} {tenant.User.UserId} user");
        seen[0].ShouldEndWith("off");
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
