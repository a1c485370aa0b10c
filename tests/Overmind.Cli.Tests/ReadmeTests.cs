using Overmind.Testing;

namespace Overmind.Cli.Tests;

/// <summary>What README.md and docs/organizations.md show is what happens.</summary>
public sealed class ReadmeTests : IAsyncDisposable
{
    readonly GuideScript guide = new();

    [Fact]
    public async Task The_tour_runs_as_it_is_written()
    {
        var (exitCode, output) = await guide.RunAsync(Tour());

        exitCode.ShouldBe(0, output);
        output.ShouldContain("offline: answered by the built-in model");
        output.ShouldMatch("runs +9: 9 succeeded, 0 failed");
        output.ShouldContain("Oven: it holds sixty loaves at a time [m1]", customMessage: "the answer cites what is remembered");
        output.ShouldContain("event: run.succeeded");
        // One question, nine of the file, one about what is remembered, one over HTTP.
        output.ShouldMatch(@"(?m)^12$");
        output.ShouldContain("Stopped the instance");
    }

    [Fact]
    public async Task Real_users_are_put_on_it_as_it_is_written()
    {
        var (exitCode, output) = await guide.RunAsync(File.ReadAllText(Repository.PathOf("docs", "organizations.md")));

        exitCode.ShouldBe(0, output);
        output.ShouldContain("Ben (ben@example.com, ");
        output.ShouldContain("Nightly report");
        output.ShouldContain("suspended: An invoice is open.");
        output.ShouldContain("member.updated");
        output.ShouldContain("Removed Ben");
        output.ShouldContain("Stopped the instance");
    }

    public ValueTask DisposeAsync() => guide.DisposeAsync();

    static string Tour()
    {
        var readme = File.ReadAllText(Repository.PathOf("README.md"));
        var start = readme.IndexOf("\n## A five-minute tour", StringComparison.Ordinal);
        return readme[start..readme.IndexOf("\n## ", start + 1, StringComparison.Ordinal)];
    }
}
