using Npgsql;
using Overmind.Postgres.Migrations;
using Overmind.Testing;

namespace Overmind.Tests.Postgres.Migrations;

public class MigratorTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_fresh_database_gets_everything_and_the_second_time_nothing()
    {
        var migrator = new Migrator(await postgres.CreateEmptyDatabaseAsync());

        var first = await migrator.MigrateAsync();
        first.Migrations.ShouldBe((await migrator.StatusAsync()).Select(m => m.Name));
        first.Routines.ShouldBe(SchemaSources.Routines.Select(r => r.Path));
        (await migrator.MigrateAsync()).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task Nodes_that_start_together_migrate_once()
    {
        var owner = await postgres.CreateEmptyDatabaseAsync();

        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new Migrator(owner).MigrateAsync()));

        reports.Count(r => !r.IsEmpty).ShouldBe(1);
    }

    [Fact]
    public async Task An_edited_migration_is_refused_by_name()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await database.ExecuteAsync("update overmind.migrations set checksum = 'other' where version = 3");

        var migrator = new Migrator(database.OwnerConnectionString);

        foreach (var act in (Func<Task>[])[() => migrator.MigrateAsync(), () => migrator.StatusAsync(), () => migrator.RollbackAsync(0)])
            (await Should.ThrowAsync<MigrationException>(act)).Message.ShouldContain("0003_jobs_jobs was edited");
        (await database.ScalarAsync<long>("select count(*) from overmind.migrations")).ShouldBe(SchemaSources.Migrations.Count);
    }

    [Fact]
    public async Task A_database_that_is_newer_than_the_program_is_refused()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await database.ExecuteAsync("insert into overmind.migrations (version, module, name, checksum) values (9999, 'state', '9999_state_later', 'x')");

        (await Should.ThrowAsync<MigrationException>(new Migrator(database.OwnerConnectionString).MigrateAsync())).Message.ShouldContain("9999_state_later");
    }

    [Fact]
    public async Task A_changed_routine_is_applied_again_and_nothing_else()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await database.ExecuteAsync(
            """
            create or replace function overmind.title_of(content text) returns text language sql immutable return 'old';
            update overmind.routines set checksum = 'old' where path = 'conversations/010_title_of.sql'
            """);

        var report = await new Migrator(database.OwnerConnectionString).MigrateAsync();

        report.Migrations.ShouldBeEmpty();
        report.Routines.ShouldBe(["conversations/010_title_of.sql"]);
        (await database.ScalarAsync<string>("select overmind.title_of('new')")).ShouldBe("new");
    }

    [Fact]
    public async Task What_cannot_be_replaced_in_place_is_dropped_and_made_again_with_all_that_hangs_on_it()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var before = await SchemaDump.OfAsync(postgres, database.OwnerConnectionString);
        await database.ExecuteAsync(
            """
            drop view conversation_stats;
            create view conversation_stats as select 1 as other_columns;
            drop function overmind.title_of;
            create function overmind.title_of(content text, length integer) returns text language sql immutable return 'old';
            create function overmind.gone() returns integer language sql immutable return 1;
            insert into overmind.routines (path, checksum, drops, position) values ('agents/gone.sql', 'x', 'drop function if exists overmind.gone', 999);
            update overmind.routines set checksum = 'old' where path in ('conversations/010_title_of.sql', 'conversations/090_conversation_stats.sql')
            """);

        await new Migrator(database.OwnerConnectionString).MigrateAsync();

        (await SchemaDump.OfAsync(postgres, database.OwnerConnectionString)).ShouldBe(before);
    }

    [Fact]
    public async Task A_view_of_the_users_own_on_ours_is_not_dropped_with_it()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await database.ExecuteAsync("create view their_report as select title from conversation_stats");

        (await Should.ThrowAsync<MigrationException>(new Migrator(database.OwnerConnectionString).RollbackAsync(0))).Message.ShouldContain("conversation_stats");
        (await database.ScalarAsync<long>("select count(*) from overmind.routines where path like 'conversations/%'")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_of_itself_and_says_its_name()
    {
        var owner = await postgres.CreateEmptyDatabaseAsync();
        await using (var connection = new NpgsqlConnection(owner))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("create table public.workflow_agents (id integer)", connection);
            await command.ExecuteNonQueryAsync();
        }
        var migrator = new Migrator(owner);

        (await Should.ThrowAsync<MigrationException>(migrator.MigrateAsync())).Message.ShouldContain("0006_agents_workflows failed");
        (await migrator.StatusAsync()).Where(m => m.AppliedAt is not null).Max(m => m.Version).ShouldBe(5);
        await using (var connection = new NpgsqlConnection(owner))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("drop table public.workflow_agents", connection);
            await command.ExecuteNonQueryAsync();
        }
        (await migrator.MigrateAsync()).Migrations.Count.ShouldBe(SchemaSources.Migrations.Count - 5);
    }

    [Fact]
    public void Migrations_are_numbered_without_gaps_and_each_has_its_way_back()
    {
        SchemaSources.Migrations.Select(m => m.Version).ShouldBe(Enumerable.Range(1, SchemaSources.Migrations.Count));
        SchemaSources.Migrations.ShouldAllBe(m => m.Down.Trim().Length > 0);
    }

    [Fact]
    public void Every_routine_makes_something_and_knows_how_to_take_it_away() =>
        SchemaSources.Routines.Where(r => !r.IsFoundation && !r.IsRows && r.Drops.Count == 0).Select(r => r.Path).ShouldBeEmpty();
}
