using System.Net;
using System.Text;

namespace Overmind.Cli.Tests.Commands;

public class ModelsTests(SharedInstance instance)
{
    const string Secret = "sk-secret-of-the-provider-0123";

    [Fact]
    public async Task A_provider_is_connected_with_a_key_from_the_environment_tried_listed_and_removed()
    {
        await using var provider = new Provider();
        var added = await RunAsync("add", "openai", "--name", "house", "--base-url", provider.Url, "--key-from-env", "HOUSE_KEY");
        added.ShouldBe((0, added.Output, ""));
        added.Output.ShouldMatch("^Connected house: house/chat-mini answered in [0-9]+ ms: ready$");
        provider.Authorization.ShouldBe($"Bearer {Secret}");

        var providers = await RunAsync("providers", "--format", "json");
        providers.Output.ShouldContain("\"secret_hint\":\"0123\"");
        providers.Output.ShouldNotContain(Secret);
        (await RunAsync("list", "--provider", "house")).Output.ShouldMatch("house/chat-mini +chat-mini");
        (await RunAsync("test", "house", "--model", "chat-mini")).Output.ShouldStartWith("house/chat-mini answered");
        (await OvermindProcess.RunAsync("doctor", "--data", await instance.DataAsync())).Output.ShouldContain("house/chat-mini answered");

        (await RunAsync("remove", "house")).Output.ShouldBe("Removed house");
        var gone = await RunAsync("test", "house");
        gone.ShouldSatisfyAllConditions(
            g => g.ExitCode.ShouldBe(1), g => g.Errors.ShouldStartWith("error: there is no provider house"), g => g.Errors.ShouldEndWith("\n       see `overmind models providers`"));
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_stays_connected_and_says_how_to_mend_it()
    {
        var added = await RunAsync("add", "openai", "--name", "down", "--base-url", "http://127.0.0.1:9/v1");
        added.ExitCode.ShouldBe(1);
        added.Errors.ShouldStartWith("error: down is connected, but its test failed: The provider 'down' cannot be reached");
        added.Errors.ShouldContain("`overmind models remove down`");
        var doctor = await OvermindProcess.RunAsync("doctor", "--data", await instance.DataAsync(), "--format", "json");
        doctor.Output.ShouldContain("\"name\":\"provider down\",\"ok\":false");
        (await RunAsync("list")).ShouldSatisfyAllConditions(l => l.ExitCode.ShouldBe(1), l => l.Output.ShouldContain("offline/offline"), l => l.Errors.ShouldContain("'down' cannot be reached"));
        (await RunAsync("remove", "down")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_variable_that_is_not_set_and_a_kind_that_is_none_are_told()
    {
        (await RunAsync("add", "openai", "--key-from-env", "NO_SUCH_KEY")).Errors.ShouldContain("the environment variable NO_SUCH_KEY is not set");
        var kind = await RunAsync("add", "cohere");
        (kind.ExitCode, kind.Errors.Split('\n')[0]).ShouldBe((2, "error: the kind is openai, anthropic or ollama"));
        (await RunAsync("add", "openai")).Errors.ShouldContain("openai needs an API key");
    }

    async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        await OvermindProcess.RunAsync(
            new Dictionary<string, string> { ["HOUSE_KEY"] = Secret }, ["models", .. arguments, "--data", await instance.DataAsync()]);

    /// <summary>An OpenAI-compatible server with one model that is always ready.</summary>
    sealed class Provider : IAsyncDisposable
    {
        readonly HttpListener _listener = new();
        readonly Task _serving;

        public Provider()
        {
            using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/v1";
            }
            _listener.Prefixes.Add(Url + "/");
            _listener.Start();
            _serving = ServeAsync();
        }

        public string Url { get; }

        public string? Authorization { get; private set; }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving;
        }

        async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    var http = await _listener.GetContextAsync();
                    Authorization = http.Request.Headers["Authorization"];
                    http.Response.ContentType = "application/json";
                    http.Response.Close(
                        Encoding.UTF8.GetBytes(http.Request.HttpMethod == "GET"
                            ? """{"object":"list","data":[{"id":"chat-mini","object":"model"}]}"""
                            : """{"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"ready"},"finish_reason":"stop"}]}"""),
                        willBlock: false);
                }
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
            }
        }
    }
}
