using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Overmind.Testing;

namespace Overmind.Cli.Tests.Commands;

public partial class MemoriesTests(SharedInstance instance)
{
    [Fact]
    public async Task A_memory_is_added_listed_corrected_pinned_forgotten_and_brought_back()
    {
        var id = (await RunAsync("memories", "add", "Knot: a bowline", "--type", "semantic", "--category", "knots", "--tag", "rope", "--importance", "0.9")).Output;
        (await RunAsync("memories", "add", "knot:  a bowline", "--type", "semantic")).Output.ShouldBe(id);
        (await RunAsync("memories", "list", "--category", "knots")).Output.ShouldContain("Knot: a bowline");
        (await RunAsync("memories", "edit", id, "--parts", """{"concept": "Knot", "definition": "a sheet bend"}""", "--reason", "Better")).Output.ShouldBe("Version 2: Knot: a sheet bend");
        (await RunAsync("memories", "versions", id)).Output.ShouldContain("Better");
        (await RunAsync("memories", "restore", id, "--version-number", "1")).Output.ShouldBe("Knot: a bowline");
        (await RunAsync("memories", "pin", id)).Output.ShouldBe($"{id} is pinned");
        (await RunAsync("memories", "show", id)).Output.ShouldContain("pinned");
        (await RunAsync("memories", "list", "--pinned", "--category", "knots")).Output.ShouldContain(id);
        (await RunAsync("memories", "unpin", id)).Output.ShouldBe($"{id} is not pinned");
        (await RunAsync("memories", "stats")).Output.ShouldContain("semantic");

        (await RunAsync("memories", "delete", "--category", "knots", "--expected-count", "2")).Errors.ShouldContain("The filter leaves 1 memories");
        (await RunAsync("memories", "delete", "--category", "knots", "--expected-count", "1")).Output.ShouldBe("Forgot 1 memory");
        (await RunAsync("memories", "list", "--category", "knots")).Output.ShouldBe("Nothing is remembered.");
        (await RunAsync("memories", "restore", id)).Output.ShouldBe("Knot: a bowline");
        (await RunAsync("memories", "delete", id)).Output.ShouldBe($"Forgot {id}");
        (await RunAsync("memories", "delete")).ExitCode.ShouldBe(2);
        (await RunAsync("memories", "add", "x", "--type", "sensory")).ExitCode.ShouldBe(2);
        (await RunAsync("memories", "add", "--type", "semantic", "--parts", "{")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_young_is_pruned_and_what_is_exported_comes_in_once()
    {
        (await RunAsync("memories", "add", "Tide: at noon", "--type", "semantic", "--importance", "0")).ExitCode.ShouldBe(0);
        var pruning = JsonNode.Parse((await RunAsync("memories", "prune", "--dry-run", "--format", "json")).Output)!;
        (pruning["dry_run"]!.GetValue<bool>(), pruning["count"]!.GetValue<long>()).ShouldBe((true, 0));
        var folder = Directory.CreateTempSubdirectory("overmind-memories-").FullName;
        var file = Path.Combine(folder, "memories.jsonl");
        (await RunAsync("memories", "export", "--to", file)).ExitCode.ShouldBe(0);
        (await RunAsync("memories", "import", file)).Output.ShouldStartWith("Imported 0 memories; there already: ");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_collection_is_made_filled_linked_and_deleted()
    {
        var id = (await RunAsync("datastores", "create", "Charts")).Output;
        var agent = JsonNode.Parse((await RunAsync("agent", "list", "--format", "json")).Output)!.AsArray()[0]!["id"]!.GetValue<string>();
        (await RunAsync("memories", "add", "Chart: of the skerries", "--type", "semantic", "--datastore", id)).ExitCode.ShouldBe(0);
        (await RunAsync("datastores", "link", id, agent)).Output.ShouldBe("1 agent reads 'Charts'");
        (await RunAsync("memories", "list", "--reader", agent)).Output.ShouldContain("Chart: of the skerries");
        (await RunAsync("datastores", "edit", id, "--visibility", "organization")).Output.ShouldBe("'Charts' is organization");
        (await RunAsync("datastores", "show", id)).Output.ShouldContain(agent);
        (await RunAsync("datastores", "list")).Output.ShouldContain("Charts");
        (await RunAsync("datastores", "unlink", id, agent)).Output.ShouldBe("0 agents read 'Charts'");
        (await RunAsync("datastores", "delete", id)).Output.ShouldBe($"Deleted {id}");
        (await RunAsync("memories", "list")).Output.ShouldContain("Chart: of the skerries");
    }

    [Fact]
    public async Task The_commands_of_the_page_run_as_they_stand()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Overmind.Cli");
        var blocks = Block().Matches(await File.ReadAllTextAsync(Repository.PathOf("docs", "memory.md"))).Select(match => match.Groups["script"].Value).ToList();
        blocks.Count.ShouldBeGreaterThan(4);
        var folder = Directory.CreateTempSubdirectory("overmind-memories-").FullName;
        var script = $"set -euo pipefail\ncd '{folder}'\novermind() {{ '{program}' \"$@\" --data '{await instance.DataAsync()}'; }}\n{string.Join('\n', blocks)}";
        using var bash = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var (output, errors) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
        bash.ExitCode.ShouldBe(0, await errors);
        (await output).ShouldContain("Forgot 1 memory");
    }

    async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        await OvermindProcess.RunAsync([.. arguments, "--data", await instance.DataAsync()]);

    [GeneratedRegex("^```bash\n(?<script>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}
