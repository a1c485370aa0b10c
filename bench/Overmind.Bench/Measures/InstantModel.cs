using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Overmind.Bench.Measures;

/// <summary>A model that answers at once: what a run takes with it is what the engine takes.</summary>
/// <param name="scores">Of a run's iterations; the next run, which begins when this one has ended, gets them again.</param>
sealed class InstantModel(params double[] scores) : IChatClient
{
    int _inspected;

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        var system = messages.First().Text;
        yield return new ChatResponseUpdate(ChatRole.Assistant, Answer(system)) { FinishReason = ChatFinishReason.Stop };
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 100, OutputTokenCount = 20 })]);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    string Answer(string system) => true switch
    {
        _ when IsPhase(system, "agent") => "1. Name the reason.\n2. Name the step.\n3. Name who takes it.\n4. Name when it is done.",
        _ when IsPhase(system, "distil") => """{"core_insights": ["Each step has a reason."]}""",
        _ when IsPhase(system, "inspect") => $$"""{"score": {{scores[_inspected++ % scores.Length]}}, "rationale": "Complete.", "repair_directive": "Name more."}""",
        _ => "A plan holds when each of its steps can name a reason.",
    };

    static bool IsPhase(string system, string phase) => system.Contains($"<phase>\n{phase}\n", StringComparison.Ordinal);
}
