using System.Diagnostics;
using Npgsql;
using Overmind.Postgres.Embedded;
using Overmind.Testing;

namespace Overmind.Tests.Postgres.Embedded;

public sealed class EmbeddedPostgresTests : IAsyncLifetime
{
    readonly List<string> folders = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var folder in folders)
            await EmbeddedPostgres.RemoveAsync(folder);
    }

    [Fact]
    public async Task A_cluster_keeps_its_rows_and_is_up_within_three_seconds_the_next_time()
    {
        var data = NewFolder();
        await using (var first = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = data }))
            await RunAsync(first.OwnerConnectionString, "create table kept as select 42 as answer");

        var since = Stopwatch.StartNew();
        await using var second = await StartAsync(data);
        since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(3));
        (await RunAsync(second.OwnerConnectionString, "select answer from kept")).ShouldBe(42);
    }

    [Fact]
    public async Task Only_who_has_the_password_gets_in_and_only_by_the_socket()
    {
        var data = NewFolder();
        await using var postgres = await StartAsync(data);
        File.GetUnixFileMode(Path.Combine(data, "postgres-credentials.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await RunAsync(postgres.SuperuserConnectionString, "show listen_addresses")).ShouldBe("");

        var guess = new NpgsqlConnectionStringBuilder(postgres.OwnerConnectionString) { Password = "guess" };
        (await Should.ThrowAsync<PostgresException>(() => RunAsync(guess.ConnectionString, "select 1"))).SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task A_second_server_on_a_folder_in_use_is_refused_and_another_folder_is_not()
    {
        var data = NewFolder();
        await using var first = await StartAsync(data);
        (await Should.ThrowAsync<EmbeddedPostgresException>(() => StartAsync(data))).Message.ShouldContain(data);
        (await EmbeddedPostgres.RemoveAsync(data)).ShouldBeFalse();

        await using var other = await StartAsync(NewFolder());
        other.SocketFolder.ShouldNotBe(first.SocketFolder);
    }

    [Fact]
    public async Task A_server_that_is_killed_is_started_again()
    {
        await using var postgres = await StartAsync(NewFolder());
        var killed = postgres.ProcessId;
        Posix.Signal(killed, Posix.Kill).ShouldBeTrue();

        await Poll.UntilAsync(() => postgres.ProcessId != killed);
        (await RunAsync(postgres.OwnerConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_pid_file_that_names_a_stranger_keeps_nobody_out()
    {
        var data = NewFolder();
        await using (await StartAsync(data))
        {
        }
        await File.WriteAllTextAsync(Path.Combine(data, "postgres", "postmaster.pid"), $"{Environment.ProcessId}\n{data}\n1\n5432\n\n\n 1 1\nready\n");

        await using var again = await StartAsync(data);
        again.ProcessId.ShouldNotBe(Environment.ProcessId);
    }

    [Fact]
    public async Task A_cluster_whose_making_was_interrupted_is_made_afresh()
    {
        var data = NewFolder();
        Directory.CreateDirectory(Path.Combine(data, "postgres.new"));
        await File.WriteAllTextAsync(Path.Combine(data, "postgres.new", "PG_VERSION"), "15\n");
        await using var postgres = await StartAsync(data);
        (await RunAsync(postgres.OwnerConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_folder_far_down_that_only_its_owner_may_enter_will_do()
    {
        var closed = Directory.CreateDirectory(Path.Combine(NewFolder(), "closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var data = Path.Combine(closed.FullName, new string('d', 120), "data");
        folders.Insert(0, data);
        await using var postgres = await StartAsync(data);
        (await RunAsync(postgres.OwnerConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_password_file_is_named()
    {
        var data = NewFolder();
        await using (await StartAsync(data))
        {
        }
        File.Delete(Path.Combine(data, "postgres-credentials.json"));
        (await Should.ThrowAsync<EmbeddedPostgresException>(() => StartAsync(data))).Message.ShouldContain("postgres-credentials.json");
    }

    string NewFolder()
    {
        folders.Add(TemporaryFolder.Create());
        return folders[^1];
    }

    static Task<EmbeddedPostgres> StartAsync(string data) => EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = data, Durable = false });

    static async Task<object?> RunAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
