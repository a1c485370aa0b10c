using System.Text.Json.Nodes;

namespace Overmind.Cli.Tests.Commands;

public class CacheTests(SharedInstance instance)
{
    [Fact]
    public async Task What_the_cache_has_and_saved_is_told_and_answers_are_taken_out()
    {
        (await RunAsync("entries", "--tag", "nobodys")).Output.ShouldStartWith("There is none.");
        (await RunAsync("invalidate", "--tag", "nobodys")).Output.ShouldBe("Removed 0 answers");
        JsonNode.Parse((await RunAsync("savings", "--hours", "--format", "json")).Output)!["bucket_width"]!.GetValue<string>().ShouldBe("1h");
        (await RunAsync("savings")).Output.ShouldContain("Look-ups");
        var gone = await RunAsync("show", Guid.CreateVersion7().ToString());
        (gone.ExitCode, gone.Errors.Contains("There is no answer", StringComparison.Ordinal)).ShouldBe((1, true));
    }

    [Fact]
    public async Task Which_answers_are_to_go_is_said_exactly()
    {
        (await RunAsync("invalidate")).ExitCode.ShouldBe(2);
        (await RunAsync("invalidate", "--all", "--tag", "prices")).ExitCode.ShouldBe(2);
        (await RunAsync("invalidate", Guid.CreateVersion7().ToString())).ExitCode.ShouldBe(1);
    }

    async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        await OvermindProcess.RunAsync(["cache", .. arguments, "--data", await instance.DataAsync()]);
}
