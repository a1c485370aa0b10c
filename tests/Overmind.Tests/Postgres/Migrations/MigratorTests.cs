using Overmind.Postgres;
using Overmind.Postgres.Migrations;
using Overmind.Testing;

namespace Overmind.Tests.Postgres.Migrations;

public class MigratorTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_fresh_database_gets_everything_and_the_second_time_nothing()
    {
        var owner = await postgres.CreateEmptyDatabaseAsync();
        var migrator = new Migrator(owner);

        (await migrator.MigrateAsync()).Migrations.Count.ShouldBe((await migrator.StatusAsync()).Count);
        (await migrator.MigrateAsync()).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task Tenants_are_made_with_their_agents()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var tenants = await TestTenants.CreateAsync(database);

        (await database.Database.FindAsync<long>(tenants.First.User, "select count(*) from agent_configurations", [], CancellationToken.None)).ShouldBe(6);
        (await database.Database.FindAsync<string>(tenants.First.User, "select name from workflow_templates", [], CancellationToken.None)).ShouldBe("General Problem Solving");
    }
}
