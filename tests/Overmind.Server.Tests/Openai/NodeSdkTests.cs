using System.Text.Json;

namespace Overmind.Server.Tests.Openai;

/// <summary>The official client for Node, in a process of its own, with nothing but its address and key changed.</summary>
public class NodeSdkTests(Door door) : IClassFixture<Door>
{
    /// <summary>The newest that runs on the Node of Debian 12.</summary>
    const string Package = "openai@6.49.0";

    [Fact]
    public async Task It_answers_streams_calls_tools_and_throws_what_the_client_knows()
    {
        door.Upstream.MayBreak.TrySetResult();

        var seen = JsonElement.Parse(await new NodeProgram(Package, "Openai", "openai-sdk").RunAsync(door.BaseUrl.ToString(), door.User.Key!, door.Server.Reader.Key!));

        (seen.Text("answer"), seen.GetProperty("usage").GetInt32(), seen.GetProperty("streamedUsage").GetInt32()).ShouldBe(("Hello world.", 28, 28));
        Texts("streamed").ShouldBe(["Hello ", "world."]);
        (seen.GetProperty("call").Text("name"), seen.GetProperty("call").Text("arguments")).ShouldBe(("weather", """{"city": "Lima"}"""));
        seen.GetProperty("vector").GetInt32().ShouldBe(256);
        Texts("models").ShouldContain("overmind/general-problem-solving");
        seen.Text("model").ShouldBe("offline/offline");
        Texts("errors").SkipLast(1).ShouldBe(
        [
            "AuthenticationError 401 invalid_api_key", "PermissionDeniedError 403 insufficient_scope", "NotFoundError 404 model_not_found",
            "RateLimitError 429 rate_limit_exceeded", "BadRequestError 400 invalid_value",
        ]);
        // Before its first piece or after it, as the connection breaks.
        Texts("errors")[^1].ShouldBeOneOf("APIError undefined model_interrupted", "InternalServerError 502 model_interrupted");

        IReadOnlyList<string> Texts(string name) => [.. seen.GetProperty(name).EnumerateArray().Select(t => t.GetString()!)];
    }
}
