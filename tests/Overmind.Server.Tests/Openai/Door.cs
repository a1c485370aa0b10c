using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;

namespace Overmind.Server.Tests.Openai;

/// <summary>A server of its own with a provider behind it, as clients of OpenAI's API see it.</summary>
public sealed class Door(ApiServers servers) : IAsyncLifetime
{
    public ApiServer Server { get; private set; } = null!;

    public Upstream Upstream { get; private set; } = null!;

    public Api User => Server.User;

    /// <summary>All that is changed of a client.</summary>
    public Uri BaseUrl => new(Server.Url, "/openai/v1");

    public async ValueTask InitializeAsync()
    {
        (Server, Upstream) = (await servers.StartAsync(), await Upstream.StartAsync());
        (await Server.Admin.PostAsync("/v1/model_providers", $$"""{"kind": "openai", "key": "up", "base_url": "{{Upstream.Url}}", "secret": "sk-up", "settings": {"max_retries": 0} }""")).Expect(201);
    }

    /// <summary>The official client.</summary>
    public OpenAIClient Client(string? key = null) => new(
        new ApiKeyCredential(key ?? User.Key!), new OpenAIClientOptions { Endpoint = BaseUrl, RetryPolicy = new ClientRetryPolicy(0) });

    public Task<Answer> AskAsync(string members, params (string Name, string Value)[] headers) =>
        User.PostAsync("/openai/v1/chat/completions", $$"""{ {{members}} }""", headers);

    /// <summary>The row of the ledger that an answer's id names.</summary>
    public Task<string> LedgerAsync(string completionId) => Server.Database.ScalarAsync<string>(
        "select concat_ws(' ', status, outcome, provider || '/' || model, tokens_input, tokens_output, tokens_cached, tokens_reasoning, is_estimated) from token_usage where id = $1",
        Guid.Parse(completionId["chatcmpl-".Length..]));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
