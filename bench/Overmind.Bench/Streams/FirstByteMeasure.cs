using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using Microsoft.Extensions.AI;
using Overmind.Models;
using Overmind.Models.Providers;

namespace Overmind.Bench.Streams;

/// <summary>
/// How much later the beginning of an answer is at its reader's than at one who reads the provider's stream without the product: through the library's
/// client of the provider, and through a run, where it is made durable on its way. Each call of a run counts.
/// </summary>
sealed class FirstByteMeasure(StreamStage stage, BenchOptions options)
{
    const int Warmup = 20;

    /// <summary>As one that looks for the text of an agent.</summary>
    static readonly ChatMessage[] Prompt = [new(ChatRole.System, "<phase>\nagent\n</phase>"), new(ChatRole.User, "What holds a plan together?")];

    public async Task<IReadOnlyList<FirstByte>> RunAsync(CancellationToken cancellationToken)
    {
        using var plain = new HttpClient();
        using var model = new ProviderClient(
            new ProviderConnection { Id = Guid.CreateVersion7(), Key = "bench", Kind = ModelProviderKind.Openai, BaseUrl = stage.Provider.Url }, TimeProvider.System).Chat("model");
        var client = stage.Client();
        var (direct, library, run, six) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var watch = new Stopwatch();
        for (var round = -Warmup; round < 0 || watch.Elapsed.TotalSeconds < options.Seconds; round++)
        {
            if (round == 0) watch.Start();
            List<double>[] kept = round < 0 ? [[], [], [], []] : [direct, library, run, six];
            for (var call = 0; call < 5; call++)
            {
                await PlainAsync(plain, kept[0], cancellationToken);
                await LibraryAsync(model, kept[1], cancellationToken);
            }
            await ThroughRunAsync(client, StreamStage.OneAgent, kept[2], kept[2], cancellationToken);
            await ThroughRunAsync(client, workflow: null, kept[3], others: [], cancellationToken);
        }

        Latencies Of(List<double> milliseconds) => Latencies.Of(milliseconds, watch.Elapsed.TotalSeconds);
        return
        [
            new("a plain reader of the provider's stream", Of(direct)),
            new("the library's client (`ChatModels`)", Of(library)),
            new("a run's events, one call at a time", Of(run), HasAim: true),
            new("a run's events, six calls at once", Of(six)),
        ];
    }

    async Task PlainAsync(HttpClient http, List<double> milliseconds, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{stage.Provider.Url}/chat/completions")
        {
            Content = JsonContent.Create(new { model = "model", stream = true, messages = Prompt.Select(m => new { role = m.Role.Value, content = m.Text }) }),
        };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync(cancellationToken)).EnumerateAsync(cancellationToken))
            if (stage.Provider.Since(item.Data) is { } took) milliseconds.Add(took);
    }

    async Task LibraryAsync(IChatClient model, List<double> milliseconds, CancellationToken cancellationToken)
    {
        await foreach (var update in model.GetStreamingResponseAsync(Prompt, cancellationToken: cancellationToken))
            if (stage.Provider.Since(update.Text) is { } took) milliseconds.Add(took);
    }

    /// <param name="agents">Times of the agents' answers.</param>
    /// <param name="others">Those of the other phases.</param>
    async Task ThroughRunAsync(Client.OvermindClient client, string? workflow, List<double> agents, List<double> others, CancellationToken cancellationToken)
    {
        var runId = await StreamStage.AskAsync(client, workflow, cancellationToken);
        await foreach (var happened in client.Runs.StreamAsync(runId, cancellationToken: cancellationToken))
            // Where it came so late that the whole is there already, the whole is what its reader sees first.
            if ((happened.Text("delta") ?? happened.Text("output")) is { } text && stage.Provider.Since(text) is { } took)
                (happened.Text("step_key")!.Contains("agent:", StringComparison.Ordinal) ? agents : others).Add(took);
            else if (happened.Type is "run.failed" or "run.cancelled")
                throw new InvalidOperationException($"A run ended with {happened.Type}: {happened.Data}");
    }
}
