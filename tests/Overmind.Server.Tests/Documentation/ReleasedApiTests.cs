using System.Text.Json.Nodes;
using Overmind.Testing;

namespace Overmind.Server.Tests.Documentation;

public class ReleasedApiTests
{
    [Fact]
    public void Whoever_calls_the_last_release_can_call_this_version() =>
        OpenApiComparer.Breaks(Read("openapi.released.json"), Read("openapi.json"))
            .ShouldBeEmpty("CONTRIBUTING.md says what a change of the API may be");

    static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Repository.PathOf("docs", file)))!;
}
