using System.Text.RegularExpressions;
using Overmind.Testing;

namespace Overmind.Server.Tests.Documentation;

/// <summary>Pages whose commands run as they are written.</summary>
public partial class GuideTests(ApiServers servers)
{
    [Fact]
    public async Task The_page_on_OpenAIs_API_does()
    {
        var output = await RunAsync("openai.md");

        output.ShouldNotContain("\"error\"");
        output.ShouldContain("\"owned_by\":\"overmind\"");
        output.ShouldContain("x-overmind-run: ");
        output.ShouldContain("data: [DONE]");
        output.ShouldContain("\"content\":\"What is a mooring?\"");
        output.ShouldContain("\"object\":\"embedding\"");
    }

    [Fact]
    public async Task The_page_on_conversations_in_and_out_does()
    {
        var output = await RunAsync("transfers.md");

        output.ShouldContain("\"format\":\"openai\"");
        output.ShouldMatch("\"format\":\"overmind\",\"imported\":0,\"skipped\":[1-9]");
    }

    [Fact]
    public async Task The_page_on_the_Model_Context_Protocol_does()
    {
        var output = await RunAsync("mcp.md");

        output.ShouldContain("\"is_new\":true");
        output.ShouldContain("\"content\":\"The tide table hangs beside the door.\"");
    }

    [Fact]
    public async Task The_page_on_attachments_does()
    {
        var output = await RunAsync("attachments.md");

        output.ShouldContain("\"media_type\":\"text/plain\"");
        output.ShouldContain("\"status\":\"queued\"");
        output.ShouldEndWith("The hull is of oak, the mast of spruce.\n", customMessage: "as it was sent");
    }

    async Task<string> RunAsync(string page)
    {
        var folder = Directory.CreateTempSubdirectory("overmind-guide-").FullName;
        try
        {
            var blocks = Block().Matches(File.ReadAllText(Repository.PathOf("docs", page))).Select(m => m.Groups["script"].Value);
            return await Shell.RunAsync(servers.Fast, folder, string.Join("\n", blocks));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex("^```sh\n(?<script>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}
