using System.Net;
using System.Net.Sockets;
using Overmind.Postgres.Embedded;
using Overmind.Testing;

namespace Overmind.Cli.Tests.Commands;

public sealed class UpTests(TestPostgres postgres) : IAsyncLifetime
{
    readonly TemporaryInstance instance = new();

    string Data => instance.Data;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    [Theory]
    [InlineData(Posix.Interrupt)]
    [InlineData(Posix.Terminate)]
    public async Task Up_says_where_it_is_and_a_signal_stops_it_and_its_PostgreSQL(int signal)
    {
        using var up = await OvermindProcess.UpAsync(Data);
        up.Output.ShouldMatch(@"^Overmind is ready at http://127\.0\.0\.1:\d+$");
        (await HealthAsync(up)).ShouldBe(HttpStatusCode.OK);
        instance.Postmaster().ShouldNotBeNull();

        up.Signal(signal);
        (await up.EndAsync()).ShouldBe(0, up.Errors);
        instance.Postmaster().ShouldBeNull();
    }

    [Fact]
    public async Task A_second_up_on_a_folder_in_use_says_so()
    {
        using var up = await OvermindProcess.UpAsync(Data);
        var second = await OvermindProcess.RunAsync("up", "--data", Data, "--port", "0");

        second.ExitCode.ShouldBe(1);
        second.Errors.ShouldContain(up.Output.Split(' ')[^1]);
        second.Errors.ShouldContain($"process {up.Pid}");
        await up.StopAsync();
    }

    [Fact]
    public async Task Down_stops_what_runs_in_the_background_and_says_so_when_nothing_does()
    {
        using var up = await OvermindProcess.UpAsync(Data);
        var down = await OvermindProcess.RunAsync("down", "--data", Data);
        (down.ExitCode, down.Output).ShouldBe((0, $"Stopped the instance in {Data} (process {up.Pid})"));
        (await up.EndAsync()).ShouldBe(0);
        instance.Postmaster().ShouldBeNull();

        (await OvermindProcess.RunAsync("down", "--data", Data)).ShouldBe((0, $"No instance runs in {Data}", ""));
        (await OvermindProcess.RunAsync("status", "--data", Data)).ShouldBe((1, $"No instance runs in {Data}", ""));
    }

    [Fact]
    public async Task Status_logs_and_psql_find_the_instance_by_its_folder()
    {
        using var up = await OvermindProcess.UpAsync(Data);

        var status = await OvermindProcess.RunAsync("status", "--data", Data, "--format", "json");
        status.ExitCode.ShouldBe(0);
        status.Output.ShouldContain("\"status\":\"running\"");
        status.Output.ShouldContain($"\"pid\":{up.Pid}");
        status.Output.ShouldNotContain("Password");
        (await OvermindProcess.RunAsync("logs", "--data", Data, "--lines", "1")).Output.ShouldContain("Ready at http://");
        (await instance.PsqlAsync("select 'passed ' || 'on'")).ShouldBe("passed on");
        await up.StopAsync();
    }

    [Fact]
    public async Task Psql_opens_the_cluster_of_an_instance_that_is_down_and_leaves_it_down()
    {
        using var up = await OvermindProcess.UpAsync(Data);
        await up.StopAsync();
        (await instance.PsqlAsync("select 1")).ShouldBe("1");
        instance.Postmaster().ShouldBeNull();
    }

    [Fact]
    public async Task A_port_in_use_is_named_together_with_the_option_that_changes_it()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var up = await OvermindProcess.RunAsync("up", "--data", Data, "--port", port.ToString());
        up.ExitCode.ShouldBe(1);
        up.Errors.ShouldContain($"port {port}");
        up.Errors.ShouldContain("--port");
    }

    [Fact]
    public async Task A_database_of_ones_own_is_used_instead()
    {
        var own = await postgres.CreateEmptyDatabaseAsync();
        using var up = await OvermindProcess.UpAsync(Data, new Dictionary<string, string> { ["OVERMIND_DATABASE_URL"] = own });
        Directory.Exists(Path.Combine(Data, "postgres")).ShouldBeFalse();
        (await instance.PsqlAsync("select current_database()")).ShouldStartWith("test_");
        await up.StopAsync();
    }

    static async Task<HttpStatusCode> HealthAsync(OvermindProcess up)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(up.Output.Split(' ')[^1] + "/health"));
        return answer.StatusCode;
    }
}
