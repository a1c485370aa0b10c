using System.Text.RegularExpressions;
using Npgsql;
using Overmind.Postgres;
using Overmind.Postgres.Embedded;
using Overmind.Testing;

namespace Overmind.Tests.Postgres;

public partial class OvermindDatabaseTests(TestPostgres postgres)
{
    static readonly ServerFacts Good = new(
        "owner", "overmind", 150020, "0.8.0", "0.8.0", MayInstallVector: false, HasSchema: true, OwnsSchema: true, MayCreateSchema: true,
        MayCreateRoles: true, MissingRoles: [], ForeignRoles: [], HasCitus: false, BypassesPolicies: false);

    [Fact]
    public void What_is_missing_is_said_with_what_to_do()
    {
        DatabaseRequirements.Check(Good);
        Says(Good with { Version = 140011 }, "PostgreSQL 14 is too old", "15");
        Says(Good with { Vector = null, VectorAvailable = null }, "no pgvector", "Install pgvector 0.8");
        Says(Good with { Vector = "0.7.4" }, "pgvector 0.7.4 is too old", "alter extension vector update; this server has 0.8.0");
        Says(Good with { Vector = null, VectorAvailable = "0.7.4" }, "pgvector 0.7.4 is too old", "Install pgvector 0.8");
        Says(Good with { Vector = null }, "not installed in the database overmind", "create extension vector");
        Says(Good with { HasSchema = false, OwnsSchema = false, MayCreateSchema = false }, "may not create one", "grant create on database overmind to owner");
        Says(Good with { MissingRoles = ["anon"], MayCreateRoles = false }, "The roles anon do not exist", "create role anon nologin");
        Says(Good with { OwnsSchema = false, ForeignRoles = ["service_role"] }, "not a member of service_role", "grant service_role to owner");
        Says(Good with { OwnsSchema = false, BypassesPolicies = true }, "Row-level security does not hold", "nobypassrls");

        static void Says(ServerFacts facts, string wrong, string remedy)
        {
            var refused = Should.Throw<DatabaseSetupException>(() => DatabaseRequirements.Check(facts));
            refused.Message.ShouldContain(wrong);
            refused.Remedy.ShouldContain(remedy);
        }
    }

    [Fact]
    public async Task A_database_without_pgvector_is_refused_by_a_login_that_may_not_install_it()
    {
        var database = await CreateAsync("no_vector", EmbeddedPostgres.Owner, template: "template0");
        (await Should.ThrowAsync<DatabaseSetupException>(OpenAsync(database))).Message.ShouldContain("pgvector is not installed");
    }

    [Fact]
    public async Task A_login_without_rights_is_told_so()
    {
        var database = await CreateAsync("no_rights", EmbeddedPostgres.Owner);
        await AsSuperuserAsync("create role nobody_at_all login password 'x'");
        (await Should.ThrowAsync<DatabaseSetupException>(OpenAsync(Login(database, "nobody_at_all")))).Message.ShouldContain("may not create one");
    }

    [Fact]
    public async Task Two_instances_in_one_cluster_have_a_login_each()
    {
        await using var first = await OpenAsync(await CreateAsync("instance_one", EmbeddedPostgres.Owner));
        await using var second = await OpenAsync(await CreateAsync("instance_two", EmbeddedPostgres.Owner));

        (await UserAsync(first.Requests)).ShouldBe("instance_one_overmind");
        (await UserAsync(first.Direct)).ShouldBe("instance_one_overmind");
        (await UserAsync(second.Requests)).ShouldBe("instance_two_overmind");
    }

    [Fact]
    public async Task Nodes_that_start_together_share_one_login()
    {
        var database = await CreateAsync("started_together", EmbeddedPostgres.Owner);
        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync(database)));
        foreach (var node in nodes)
        {
            (await UserAsync(node.Requests)).ShouldBe("started_together_overmind");
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_restored_dump_gets_a_login_in_its_new_cluster()
    {
        var database = await CreateAsync("restored", EmbeddedPostgres.Owner);
        await using (await OpenAsync(database))
        {
        }
        await AsSuperuserAsync("drop role restored_overmind");
        await using var opened = await OpenAsync(database);
        (await UserAsync(opened.Requests)).ShouldBe("restored_overmind");
    }

    [Fact]
    public void The_logins_name_fits_whatever_the_databases_is()
    {
        RequestLogin.NameFor("overmind").ShouldBe("overmind_overmind");
        RequestLogin.NameFor(new string('d', 60)).Length.ShouldBeLessThan(64);
        RequestLogin.NameFor(new string('d', 60)).ShouldNotBe(RequestLogin.NameFor(new string('d', 59)));
    }

    [Fact]
    public async Task A_request_login_is_used_as_it_is_while_the_schema_is_current()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var name = new NpgsqlConnectionStringBuilder(database.Requests.ConnectionString).Username!;
        var password = await database.ScalarAsync<string>("select password from overmind.request_login where name = $1", name);
        var login = new NpgsqlConnectionStringBuilder(database.OwnerConnectionString) { Username = name, Password = password }.ConnectionString;

        await using (var opened = await OpenAsync(login))
            (await UserAsync(opened.Requests)).ShouldBe(name);

        await database.ExecuteAsync("delete from overmind.migrations where version = 7");
        var refused = await Should.ThrowAsync<DatabaseSetupException>(OpenAsync(login));
        refused.Remedy.ShouldContain("overmind db migrate");
    }

    [Fact]
    public async Task The_documented_rights_are_enough()
    {
        var blocks = SqlBlock().Matches(await File.ReadAllTextAsync(Repository.PathOf("docs", "security.md"))).Select(m => m.Groups["sql"].Value).ToList();

        // An owner that makes roles.
        var owner = await RunDocumentedAsync(blocks[0], blocks[1], "documented", "documented_owner");
        await AsSuperuserAsync(Named(blocks[4], "documented", "documented_owner"));
        await using (var opened = await OpenAsync(owner))
            (await UserAsync(opened.Requests)).ShouldBe("documented_overmind");

        // An owner that makes none: its roles are there already, which is what the statements are skipped for.
        var rest = string.Join('\n', blocks[2].Split('\n').Where(line => !line.Contains("nologin", StringComparison.Ordinal)));
        var plain = await RunDocumentedAsync(rest, blocks[3], "documented_plain", "documented_plain_owner");
        (await OvermindDatabase.MigrateAsync(plain)).Migrations.ShouldNotBeEmpty();
        (await Should.ThrowAsync<DatabaseSetupException>(OpenAsync(plain))).Message.ShouldContain("could not make the login");
        await using (var opened = await OpenAsync(Login(plain, "documented_plain_requests", "choose-another")))
            (await UserAsync(opened.Requests)).ShouldBe("documented_plain_requests");
    }

    [Fact]
    public async Task Behind_a_pooler_nothing_is_prepared_and_nothing_reset()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var pooler = new NpgsqlConnectionStringBuilder(database.OwnerConnectionString) { Username = null, Password = null }.ConnectionString;
        await using var opened = await OvermindDatabase.OpenAsync(
            new OvermindDatabaseOptions { ConnectionString = database.OwnerConnectionString, PooledConnectionString = pooler });

        var named = new NpgsqlConnectionStringBuilder(opened.Requests.ConnectionString);
        (named.MaxAutoPrepare, named.NoResetOnClose).ShouldBe((0, true));
        (await UserAsync(opened.Requests)).ShouldBe(named.Username);
    }

    async Task<string> RunDocumentedAsync(string inCluster, string inDatabase, string database, string owner)
    {
        foreach (var statement in Named(inCluster, database, owner).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            await AsSuperuserAsync(statement);
        await AsSuperuserAsync("drop extension if exists vector; " + inDatabase, database);
        return Login(await OfAsync(database), owner, "choose-one");
    }

    static string Named(string sql, string database, string owner) =>
        sql.Replace("overmind_owner", owner, StringComparison.Ordinal)
            .Replace("overmind_requests", $"{database}_requests", StringComparison.Ordinal)
            .Replace("database overmind", $"database {database}", StringComparison.Ordinal);

    static Task<OvermindDatabase> OpenAsync(string connectionString) =>
        OvermindDatabase.OpenAsync(new OvermindDatabaseOptions { ConnectionString = connectionString });

    static async Task<string> UserAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("select session_user::text");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    async Task<string> CreateAsync(string database, string owner, string template = "template1")
    {
        await AsSuperuserAsync($"create database {database} template {template} owner {owner}");
        return await OfAsync(database);
    }

    async Task<string> OfAsync(string database) =>
        new NpgsqlConnectionStringBuilder((await postgres.ServerAsync()).OwnerConnectionString) { Database = database }.ConnectionString;

    static string Login(string connectionString, string user, string password = "x") =>
        new NpgsqlConnectionStringBuilder(connectionString) { Username = user, Password = password }.ConnectionString;

    async Task AsSuperuserAsync(string sql, string? database = null)
    {
        var named = new NpgsqlConnectionStringBuilder((await postgres.ServerAsync()).SuperuserConnectionString);
        named.Database = database ?? named.Database;
        await using var connection = new NpgsqlConnection(named.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    [GeneratedRegex(@"```sql\n(?<sql>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SqlBlock();
}
