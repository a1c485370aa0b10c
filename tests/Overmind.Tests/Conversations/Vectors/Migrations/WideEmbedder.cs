using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Overmind.Models.Embeddings;
using Overmind.Tests.Models.Embeddings.Remote;

namespace Overmind.Tests.Conversations.Vectors.Migrations;

/// <summary>A provider on a real socket whose vectors are the built-in model's in more dimensions: what is like what stays as it is, and nothing else does.</summary>
sealed class WideEmbedder : IAsyncDisposable
{
    public const string Name = "test/wide";

    EmbeddingServer? _server;
    int _texts;

    public Uri Url => _server!.Url;

    public int Dimensions { get; set; } = 384;

    /// <summary>Texts that it was asked for.</summary>
    public int Texts => _texts;

    /// <summary>Called before it answers to a batch.</summary>
    public Func<int, Task> Asked { get; set; } = _ => Task.CompletedTask;

    public EmbedderOptions Options => new() { Next = new EmbedderOptions { Embedder = Name, Url = Url } };

    public static async Task<WideEmbedder> StartAsync()
    {
        var embedder = new WideEmbedder();
        embedder._server = await EmbeddingServer.StartAsync(embedder.AnswerAsync);
        return embedder;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    async Task AnswerAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var texts = body.RootElement.GetProperty("input").EnumerateArray().Select(text => text.GetString()!).ToList();
        await Asked(Interlocked.Add(ref _texts, texts.Count));
        var vectors = await EmbeddingModels.Builtin.Generator.GenerateAsync(texts);
        await context.Response.WriteAsJsonAsync(new
        {
            model = "wide",
            data = vectors.Select((vector, index) => new { index, embedding = vector.Vector.ToArray().Concat(new float[Dimensions - vector.Vector.Length]) }),
            usage = new { prompt_tokens = texts.Count, total_tokens = texts.Count },
        });
    }
}
