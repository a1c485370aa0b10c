using System.Text.Json.Nodes;

namespace Overmind.Cli.Tests.Commands;

public class SearchTests(SharedInstance instance)
{
    [Fact]
    public async Task What_was_said_is_found_and_what_is_no_search_is_refused()
    {
        var data = await instance.DataAsync();
        (await OvermindProcess.RunAsync("ask", "How is a coracle steered?", "--data", data)).ExitCode.ShouldBe(0);

        var found = JsonNode.Parse((await RunAsync("coracle", "--role", "user", "--format", "json")).Output)!.AsArray();
        found.ShouldNotBeEmpty();
        found[0]!["snippet"]!.AsArray().ShouldContain(part => part!["match"]!.GetValue<bool>());
        (await RunAsync("coracle", "--titles")).Output.ShouldContain("How is a coracle steered?");
        (await RunAsync("zabaglione", "--mode", "text")).Output.ShouldBe("Nothing was found.");
        JsonNode.Parse((await RunAsync("steering small boats", "--mode", "semantic", "--format", "json")).Output)!.AsArray().ShouldNotBeEmpty();
        var refused = await RunAsync("…");
        (refused.ExitCode, refused.Errors.Contains("query has no word to look for", StringComparison.Ordinal)).ShouldBe((1, true));
    }

    async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        await OvermindProcess.RunAsync(["search", .. arguments, "--data", await instance.DataAsync()]);
}
