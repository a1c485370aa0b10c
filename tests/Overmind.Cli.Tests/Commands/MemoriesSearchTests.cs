using System.Text.Json.Nodes;

namespace Overmind.Cli.Tests.Commands;

public class MemoriesSearchTests(SharedInstance instance)
{
    [Fact]
    public async Task A_memory_is_found_by_what_it_means_with_the_reasons()
    {
        var data = await instance.DataAsync();
        (await OvermindProcess.RunAsync("memories", "add", "Physician: Dr Berg prescribes penicillin", "--type", "semantic", "--data", data)).ExitCode.ShouldBe(0);
        var found = JsonNode.Parse((await RunAsync("which doctor gives medicine", "--format", "json")).Output)!.AsArray();
        found[0]!["memory"]!["content"]!.GetValue<string>().ShouldStartWith("Physician");
        (await RunAsync("penicillin", "--type", "semantic", "--why")).Output.ShouldContain("vector");
        (await RunAsync("penicillin", "--mode", "text", "--tag", "no-such-tag")).Output.ShouldBe("Nothing was found.");
        (await RunAsync("penicillin", "--mode", "fuzzy")).ExitCode.ShouldBe(1);
    }

    async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        await OvermindProcess.RunAsync(["memories", "search", .. arguments, "--data", await instance.DataAsync()]);
}
