using Overmind.Postgres.Embedded;
using Overmind.Testing;

namespace Overmind.Cli.Tests.Commands;

public sealed class RecoveryTests : IAsyncDisposable
{
    readonly TemporaryInstance instance = new();

    string Data => instance.Data;

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    [Fact]
    public async Task A_killed_server_is_replaced_and_its_PostgreSQL_with_it()
    {
        using var first = await OvermindProcess.UpAsync(Data);
        await instance.PsqlAsync("create table kept as select 42 as answer");
        first.Signal(Posix.Kill);
        await first.EndAsync();
        instance.Postmaster().ShouldNotBeNull("nobody was there to stop it");

        using var second = await OvermindProcess.UpAsync(Data);
        (await instance.PsqlAsync("select answer from kept")).ShouldBe("42");
        await second.StopAsync();
    }

    [Fact]
    public async Task Server_and_PostgreSQL_killed_together_come_back_on_the_next_start()
    {
        using var first = await OvermindProcess.UpAsync(Data);
        await instance.PsqlAsync("create table kept as select 42 as answer");
        first.Signal(Posix.Kill);
        Posix.Signal(instance.Postmaster()!.Value, Posix.Kill);
        await first.EndAsync();

        using var second = await OvermindProcess.UpAsync(Data);
        (await instance.PsqlAsync("select answer from kept")).ShouldBe("42");
        await second.StopAsync();
    }

    [Fact]
    public async Task A_PostgreSQL_killed_under_a_running_server_is_started_again()
    {
        using var up = await OvermindProcess.UpAsync(Data);
        var killed = instance.Postmaster();
        Posix.Signal(killed!.Value, Posix.Kill);

        await Poll.UntilAsync(() => instance.Postmaster() is { } now && now != killed);
        await Poll.UntilAsync(async () => (await OvermindProcess.RunAsync("psql", "--data", Data, "--", "-Atc", "select 1")).Output == "1");
        await up.StopAsync();
    }

    [Fact]
    public async Task A_verb_that_comes_while_an_instance_starts_waits_for_it()
    {
        using (var first = await OvermindProcess.UpAsync(Data)) await first.StopAsync();
        using var again = OvermindProcess.StartUp(Data);

        var verbs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => instance.PsqlAsync("select 42")));

        verbs.ShouldBe(["42", "42", "42"]);
        await Poll.UntilAsync(() => again.Output.Contains("ready at"), seconds: 60);
        await again.StopAsync();
    }

    [Fact]
    public async Task Down_ends_the_PostgreSQL_of_a_killed_server()
    {
        using var up = await OvermindProcess.UpAsync(Data);
        up.Signal(Posix.Kill);
        await up.EndAsync();

        (await OvermindProcess.RunAsync("down", "--data", Data)).Output.ShouldContain("left behind");
        instance.Postmaster().ShouldBeNull();
    }

    [Fact]
    public async Task An_instance_stopped_while_it_makes_its_cluster_leaves_nothing_and_makes_it_next_time()
    {
        using (var hasty = OvermindProcess.StartUp(Data))
        {
            await Poll.UntilAsync(() => Directory.Exists(Path.Combine(Data, "postgres.new")), seconds: 60);
            await hasty.StopAsync();
            hasty.Output.ShouldBe("");
        }

        using var patient = await OvermindProcess.UpAsync(Data);
        (await instance.PsqlAsync("select 1")).ShouldBe("1");
        await patient.StopAsync();
    }
}
