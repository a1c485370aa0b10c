using System.Text.Json;

namespace Overmind.Server.Tests.Mcp;

/// <summary>The protocol's official client for Node, in a process of its own.</summary>
public class NodeSdkTests(ApiServers servers)
{
    const string Package = "@modelcontextprotocol/sdk@1.32.2";

    [Fact]
    public async Task It_lists_the_tools_calls_them_and_reads_their_errors()
    {
        var server = servers.Fast;
        var seen = JsonElement.Parse(await new NodeProgram(Package, "Mcp", "mcp-sdk").RunAsync(new Uri(server.Url, "/mcp").ToString(), server.User.Key!, server.Reader.Key!));

        seen.Text("server").ShouldBe("overmind");
        Texts("tools").ShouldBe(["forget", "remember", "search_memories"]);
        (Flag("isNew"), Flag("same"), seen.GetProperty("again").GetProperty("is_new").GetBoolean()).ShouldBe((true, true, false));
        Texts("found").ShouldBe(["The harbour crane is called Berta."]);
        seen.GetProperty("readerFound").GetInt32().ShouldBe(1);
        Texts("errors").ShouldBe(["insufficient_scope", "invalid_value", "invalid_value", "unknown_field", "memory_not_found"]);
        (Flag("forgotten"), seen.GetProperty("left").GetInt32()).ShouldBe((true, 0));
        seen.GetProperty("refused").ToString().ShouldContain("401");

        bool Flag(string name) => seen.GetProperty(name).GetBoolean();
        IReadOnlyList<string> Texts(string name) => [.. seen.GetProperty(name).EnumerateArray().Select(t => t.GetString()!)];
    }
}
