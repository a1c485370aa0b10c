using System.Text.Json;
using Overmind.Testing;

namespace Overmind.Cli.Tests.Commands;

public sealed class RunTests(SharedInstance instance)
{
    [Fact]
    public async Task A_run_waits_is_approved_watched_shown_replayed_and_compared()
    {
        // Asking waits with the run, so it is left to itself.
        using var ask = OvermindProcess.Start(
            "ask", "Why do ships carry lights?", "--data", await instance.DataAsync(), "--iterations", "2", "--threshold", "10", "--approve-from", "2");
        var id = "";
        await Poll.UntilAsync(async () => (id = await WaitingAsync()).Length > 0);

        (await RunAsync("show", id)).Output.ShouldContain($"waiting for the approval of iteration 2 (approve_from_iteration), which may cost $0.0000; `overmind run approve {id}`");
        (await RunAsync("approve", id, "--iteration", "2", "--note", "Go on.")).ExitCode.ShouldBe(0);
        var watched = await RunAsync("watch", id);
        watched.ExitCode.ShouldBe(0, watched.Errors);
        watched.Errors.ShouldContain("iteration 2 approved");
        (await RunAsync("list", "--status", "succeeded")).Output.ShouldContain(id);

        var replayed = await RunAsync("replay", id, "1/agent:creative", "--model", "offline/offline");
        replayed.ExitCode.ShouldBe(0, replayed.Errors);
        replayed.Output.ShouldContain("1. ");
        (await RunAsync("replay", id, "9/agent:nobody", "--model", "offline/offline")).Errors.ShouldContain($"run {id} has no step 9/agent:nobody");
        (await RunAsync("compare", id, id)).Output.ShouldContain("agent:creative");
        (await RunAsync("retry", id)).Errors.ShouldContain("has succeeded");
    }

    async Task<string> WaitingAsync()
    {
        var runs = JsonDocument.Parse((await RunAsync("list", "--status", "waiting", "--format", "json")).Output).RootElement;
        return runs.GetArrayLength() == 0 ? "" : runs[0].GetProperty("id").GetString()!;
    }

    async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        await OvermindProcess.RunAsync(["run", .. arguments, "--data", await instance.DataAsync()]);
}
