using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using Anthropic;
using Microsoft.Extensions.AI;
using OllamaSharp;
using OpenAI;

namespace Overmind.Models.Providers;

/// <summary>One provider's models, over connections of its own.</summary>
sealed class ProviderClient
{
    /// <summary>Anthropic asks each call for a limit.</summary>
    const int DefaultMaxTokens = 4096;

    /// <summary>The libraries want a key; <see cref="ProviderHttpHandler"/> sends the real one, or none.</summary>
    const string NoKey = "none";

    readonly ProviderConnection _connection;
    readonly TimeProvider _time;
    readonly ProviderModels _list;
    readonly Func<string, IChatClient> _connect;
    readonly ConcurrentDictionary<string, IChatClient> _models = new(StringComparer.Ordinal);

    public ProviderClient(ProviderConnection connection, TimeProvider time)
    {
        (_connection, _time) = (connection, time);
        var sockets = new SocketsHttpHandler
        {
            ConnectTimeout = connection.Settings.ConnectTimeout is { } seconds ? TimeSpan.FromSeconds(seconds) : CallPatience.DefaultConnect,
            // An address that moves in DNS is followed, and an API key goes nowhere but where it was meant for.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AllowAutoRedirect = false,
            UseCookies = false,
        };
        // Not disposed: calls in the air go on when a provider changes, and idle connections close by themselves.
        var http = new HttpClient(new ProviderHttpHandler(connection, time, sockets))
        {
            BaseAddress = new Uri(connection.BaseUrl.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _list = new ProviderModels(connection, http, time);
        _connect = connection.Kind switch
        {
            ModelProviderKind.Openai => Openai(http),
            ModelProviderKind.Anthropic => Anthropic(http),
            ModelProviderKind.Ollama => model => new OllamaApiClient(http, model),
            _ => throw new ArgumentOutOfRangeException(nameof(connection), connection.Kind, null),
        };
    }

    public string Key => _connection.Key;

    public ModelProviderKind Kind => _connection.Kind;

    /// <summary>The client of a model, which the provider may not have: the call tells.</summary>
    public IChatClient Chat(string model) =>
        _models.GetOrAdd(model, name => new ResilientChatClient(_connect(name), _connection, _time, Random.Shared.NextDouble));

    /// <summary>The models as the provider lists them.</summary>
    /// <exception cref="ModelCallException">It cannot be asked.</exception>
    public Task<IReadOnlyList<Model>> ListAsync(CancellationToken cancellationToken) =>
        _list.ListAsync(cancellationToken);

    Func<string, IChatClient> Openai(HttpClient http)
    {
        var client = new OpenAIClient(new ApiKeyCredential(NoKey), new OpenAIClientOptions
        {
            Endpoint = _connection.BaseUrl,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        });
        return model => client.GetChatClient(model).AsIChatClient();
    }

    Func<string, IChatClient> Anthropic(HttpClient http)
    {
        var client = new AnthropicClient
        {
            HttpClient = http,
            BaseUrl = _connection.BaseUrl.AbsoluteUri.TrimEnd('/'),
            ApiKey = NoKey,
            AuthToken = null,
            MaxRetries = 0,
            Timeout = TimeSpan.FromDays(1),
        };
        return model => client.AsIChatClient(model, DefaultMaxTokens);
    }
}
