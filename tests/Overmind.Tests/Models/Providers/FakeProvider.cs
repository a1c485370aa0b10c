using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Overmind.Models;

namespace Overmind.Tests.Models.Providers;

/// <summary>A provider on a real socket that answers as a test says.</summary>
public sealed class FakeProvider : IAsyncDisposable
{
    public const string Secret = "sk-test-0123456789abcdefghij";

    readonly WebApplication _app;

    FakeProvider(WebApplication app) => _app = app;

    /// <summary>What came in, in order.</summary>
    public ConcurrentQueue<FakeRequest> Requests { get; } = new();

    /// <summary>How the next requests are answered; the last answer stays. The request is among the context's items.</summary>
    public ConcurrentQueue<Func<HttpContext, Task>> Answers { get; } = new();

    /// <summary>Completed when a caller's connection was closed before its answer ended.</summary>
    public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Uri Url { get; private set; } = null!;

    public static async Task<FakeProvider> StartAsync(params Func<HttpContext, Task>[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new FakeProvider(app);
        foreach (var answer in answers) provider.Answers.Enqueue(answer);
        app.Run(provider.AnswerAsync);
        await app.StartAsync();
        provider.Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return provider;
    }

    /// <summary>A connection to it. OpenAI's base address holds the version, the others' does not.</summary>
    internal ProviderConnection Connection(ModelProviderKind kind, ModelProviderSettings? settings = null, string? secret = Secret) => new()
    {
        Id = Guid.CreateVersion7(),
        Key = "fake",
        Kind = kind,
        BaseUrl = kind is ModelProviderKind.Openai ? new Uri(Url, "v1") : Url,
        Secret = secret,
        Settings = settings ?? new(),
    };

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var request = new FakeRequest(
            http.Request.Path + http.Request.QueryString,
            http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync(http.RequestAborted));
        http.Items[typeof(FakeRequest)] = request;
        Requests.Enqueue(request);
        using var left = http.RequestAborted.Register(() => Left.TrySetResult());
        var answer = Answers.Count > 1 && Answers.TryDequeue(out var next) ? next : Answers.TryPeek(out var last) ? last : _ => Task.CompletedTask;
        await answer(http);
    }
}
