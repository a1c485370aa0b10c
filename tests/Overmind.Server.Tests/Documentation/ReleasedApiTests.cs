using System.Text.Json.Nodes;
using Overmind.Testing;

namespace Overmind.Server.Tests.Documentation;

public class ReleasedApiTests
{
    /// <summary>What a caller of the last release does not meet.</summary>
    static readonly string[] Accepted =
    [
        // Whoever calls with a key is told it as ever; null is for access tokens, which the last release had none of.
        "GET /v1/me 200.api_key_id may now be null",
    ];

    [Fact]
    public void Whoever_calls_the_last_release_can_call_this_version() =>
        OpenApiComparer.Breaks(Read("openapi.released.json"), Read("openapi.json")).Except(Accepted)
            .ShouldBeEmpty("CONTRIBUTING.md says what a change of the API may be");

    static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Repository.PathOf("docs", file)))!;
}
