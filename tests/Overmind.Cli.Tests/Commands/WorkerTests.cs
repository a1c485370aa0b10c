using System.Diagnostics;
using System.Text.Json;
using Overmind.Testing;

namespace Overmind.Cli.Tests.Commands;

public class WorkerTests(SharedInstance instance)
{
    [Fact]
    public async Task A_worker_that_is_killed_is_started_anew_and_stops_in_order()
    {
        using var worker = OvermindProcess.Start("worker", "--data", await instance.DataAsync(), "--kinds", "ping");
        var first = await ChildAsync(worker, others: []);
        Process.GetProcessById(first).Kill();

        var second = await ChildAsync(worker, others: [first]);
        worker.Errors.ShouldContain("another starts in 0.5 s");

        await worker.StopAsync();
        await Poll.UntilAsync(async () => !(await WorkersAsync()).Contains(second));
    }

    [Fact]
    public async Task A_kind_that_does_not_exist_is_told_at_once()
    {
        var (exitCode, _, errors) = await OvermindProcess.RunAsync("worker", "--data", await instance.DataAsync(), "--kinds", "nothing");
        exitCode.ShouldBe(2);
        errors.ShouldContain("There is no kind of jobs 'nothing'");
    }

    [Fact]
    public async Task Jobs_are_enqueued_shown_listed_and_counted()
    {
        var data = await instance.DataAsync();
        var enqueued = await OvermindProcess.RunAsync("jobs", "enqueue", "ping", """{"message": "Ahoy"}""", "--data", data);
        enqueued.ExitCode.ShouldBe(0, enqueued.Errors);
        var id = enqueued.Output.Trim();
        await Poll.UntilAsync(async () =>
            JsonDocument.Parse((await OvermindProcess.RunAsync("jobs", "show", id, "--data", data, "--format", "json")).Output).RootElement.GetProperty("status").GetString() == "completed");

        (await OvermindProcess.RunAsync("jobs", "list", "--data", data, "--kind", "ping", "--format", "json")).Output.ShouldContain(id);
        (await OvermindProcess.RunAsync("jobs", "stats", "--data", data, "--format", "json")).Output.ShouldContain("\"kind\":\"ping\"");
        (await OvermindProcess.RunAsync("jobs", "retry", id, "--data", data)).ExitCode.ShouldBe(1);
        (await OvermindProcess.RunAsync("jobs", "cancel", "--data", data)).ExitCode.ShouldBe(2);
    }

    async Task<int> ChildAsync(OvermindProcess worker, int[] others)
    {
        var found = 0;
        await Poll.UntilAsync(
            async () => (found = (await WorkersAsync()).FirstOrDefault(pid => !others.Contains(pid) && ParentOf(pid) == worker.Pid)) != 0, seconds: 60);
        return found;
    }

    async Task<IReadOnlyList<int>> WorkersAsync() =>
        [.. (await instance.PsqlAsync("select pid from overmind.workers")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];

    static int ParentOf(int pid)
    {
        try
        {
            return int.Parse(File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].Split(' ')[1]);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
