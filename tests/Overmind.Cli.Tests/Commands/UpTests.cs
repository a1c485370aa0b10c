using System.Net;
using System.Net.Sockets;
using Overmind.Postgres.Embedded;
using Overmind.Testing;

namespace Overmind.Cli.Tests.Commands;

public sealed class UpTests(TestPostgres postgres) : IAsyncLifetime
{
    readonly string data = TemporaryFolder.Create();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => (await EmbeddedPostgres.RemoveAsync(data)).ShouldBeTrue("the instance still runs");

    [Theory]
    [InlineData(Posix.Interrupt)]
    [InlineData(Posix.Terminate)]
    public async Task Up_says_where_it_is_and_a_signal_stops_it_and_its_PostgreSQL(int signal)
    {
        using var up = await OvermindProcess.UpAsync(data);
        up.Output.ShouldMatch(@"^Overmind is ready at http://127\.0\.0\.1:\d+$");
        (await HealthAsync(up)).ShouldBe(HttpStatusCode.OK);
        Postmaster().ShouldNotBeNull();

        up.Signal(signal);
        (await up.EndAsync()).ShouldBe(0, up.Errors);
        Postmaster().ShouldBeNull();
    }

    [Fact]
    public async Task A_second_up_on_a_folder_in_use_says_so()
    {
        using var up = await OvermindProcess.UpAsync(data);
        var second = await OvermindProcess.RunAsync("up", "--data", data, "--port", "0");

        second.ExitCode.ShouldBe(1);
        second.Errors.ShouldContain(up.Output.Split(' ')[^1]);
        second.Errors.ShouldContain($"process {up.Pid}");
        await StopAsync(up);
    }

    [Fact]
    public async Task A_killed_server_is_replaced_and_its_PostgreSQL_with_it()
    {
        using var first = await OvermindProcess.UpAsync(data);
        await PsqlAsync("create table kept as select 42 as answer");
        first.Signal(Posix.Kill);
        await first.EndAsync();
        Postmaster().ShouldNotBeNull("nobody was there to stop it");

        using var second = await OvermindProcess.UpAsync(data);
        (await PsqlAsync("select answer from kept")).ShouldBe("42");
        await StopAsync(second);
    }

    [Fact]
    public async Task Server_and_PostgreSQL_killed_together_come_back_on_the_next_start()
    {
        using var first = await OvermindProcess.UpAsync(data);
        await PsqlAsync("create table kept as select 42 as answer");
        first.Signal(Posix.Kill);
        Posix.Signal(Postmaster()!.Value, Posix.Kill);
        await first.EndAsync();

        using var second = await OvermindProcess.UpAsync(data);
        (await PsqlAsync("select answer from kept")).ShouldBe("42");
        await StopAsync(second);
    }

    [Fact]
    public async Task A_PostgreSQL_killed_under_a_running_server_is_started_again()
    {
        using var up = await OvermindProcess.UpAsync(data);
        var killed = Postmaster();
        Posix.Signal(killed!.Value, Posix.Kill);

        await Poll.UntilAsync(() => Postmaster() is { } now && now != killed);
        await Poll.UntilAsync(async () => (await OvermindProcess.RunAsync("psql", "--data", data, "--", "-Atc", "select 1")).Output == "1");
        await StopAsync(up);
    }

    [Fact]
    public async Task Down_stops_what_runs_in_the_background_and_says_so_when_nothing_does()
    {
        using var up = await OvermindProcess.UpAsync(data);
        var down = await OvermindProcess.RunAsync("down", "--data", data);
        down.ShouldBe((0, $"Stopped the instance in {data} (process {up.Pid})", ""));
        (await up.EndAsync()).ShouldBe(0);
        Postmaster().ShouldBeNull();

        (await OvermindProcess.RunAsync("down", "--data", data)).ShouldBe((0, $"No instance runs in {data}", ""));
        (await OvermindProcess.RunAsync("status", "--data", data)).ShouldBe((1, $"No instance runs in {data}", ""));
    }

    [Fact]
    public async Task Down_ends_the_PostgreSQL_of_a_killed_server()
    {
        using var up = await OvermindProcess.UpAsync(data);
        up.Signal(Posix.Kill);
        await up.EndAsync();

        (await OvermindProcess.RunAsync("down", "--data", data)).Output.ShouldContain("left behind");
        Postmaster().ShouldBeNull();
    }

    [Fact]
    public async Task Status_logs_and_psql_find_the_instance_by_its_folder()
    {
        using var up = await OvermindProcess.UpAsync(data);

        var status = await OvermindProcess.RunAsync("status", "--data", data, "--format", "json");
        status.ExitCode.ShouldBe(0);
        status.Output.ShouldContain("\"status\":\"running\"");
        status.Output.ShouldContain($"\"pid\":{up.Pid}");
        status.Output.ShouldNotContain("Password");
        (await OvermindProcess.RunAsync("logs", "--data", data, "--lines", "1")).Output.ShouldContain("Ready at http://");
        (await PsqlAsync("select 'passed ' || 'on'")).ShouldBe("passed on");
        await StopAsync(up);
    }

    [Fact]
    public async Task Psql_opens_the_cluster_of_an_instance_that_is_down_and_leaves_it_down()
    {
        using var up = await OvermindProcess.UpAsync(data);
        await StopAsync(up);
        (await PsqlAsync("select 1")).ShouldBe("1");
        Postmaster().ShouldBeNull();
    }

    [Fact]
    public async Task A_port_in_use_is_named_together_with_the_option_that_changes_it()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var up = await OvermindProcess.RunAsync("up", "--data", data, "--port", port.ToString());
        up.ExitCode.ShouldBe(1);
        up.Errors.ShouldContain($"port {port}");
        up.Errors.ShouldContain("--port");
    }

    [Fact]
    public async Task A_database_of_ones_own_is_used_instead()
    {
        var own = await postgres.CreateEmptyDatabaseAsync();
        using var up = await OvermindProcess.UpAsync(data, new Dictionary<string, string> { ["OVERMIND_DATABASE_URL"] = own });
        Directory.Exists(Path.Combine(data, "postgres")).ShouldBeFalse();
        (await PsqlAsync("select current_database()")).ShouldStartWith("test_");
        await StopAsync(up);
    }

    async Task<string> PsqlAsync(string sql)
    {
        var psql = await OvermindProcess.RunAsync("psql", "--data", data, "--", "-Atc", sql);
        psql.ExitCode.ShouldBe(0, psql.Errors);
        return psql.Output;
    }

    static async Task StopAsync(OvermindProcess up)
    {
        up.Signal(Posix.Terminate);
        (await up.EndAsync()).ShouldBe(0, up.Errors);
    }

    static async Task<HttpStatusCode> HealthAsync(OvermindProcess up)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(up.Output.Split(' ')[^1] + "/health"));
        return answer.StatusCode;
    }

    int? Postmaster()
    {
        var file = Path.Combine(data, "postgres", "postmaster.pid");
        return File.Exists(file) && int.TryParse(File.ReadLines(file).FirstOrDefault(), out var pid) ? pid : null;
    }
}
