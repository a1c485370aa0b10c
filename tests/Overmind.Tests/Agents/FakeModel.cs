using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Overmind.Models;
using Overmind.Models.Providers;

namespace Overmind.Tests.Agents;

/// <summary>
/// A model that answers as a test says. It is registered under three names: <c>offline/offline</c>, which costs nothing,
/// <c>openai/gpt-4-turbo</c>, whose price is known, and <c>unpriced/model</c>, whose price is not.
/// </summary>
public sealed class FakeModel : IChatClient
{
    readonly ConcurrentDictionary<string, int> _counts = new();

    public FakeModel(Func<FakeCall, CancellationToken, IAsyncEnumerable<string>> answer)
    {
        Answer = answer;
        Models = new ChatModels(new Dictionary<string, Func<string, IChatClient?>>
        {
            ["offline"] = _ => this,
            ["openai"] = _ => this,
            ["unpriced"] = _ => this,
        });
    }

    /// <summary>Answers at once.</summary>
    public FakeModel(Func<FakeCall, string> answer)
        : this((call, _) => Once(answer(call)))
    {
    }

    public static ModelReference Unpriced { get; } = new("unpriced", "model");

    /// <summary>0.00001 US dollars a token of the prompt, 0.00003 one of the answer.</summary>
    public static ModelReference Priced { get; } = new("openai", "gpt-4-turbo");

    public ChatModels Models { get; }

    public Func<FakeCall, CancellationToken, IAsyncEnumerable<string>> Answer { get; set; }

    /// <summary>In the order they were made.</summary>
    public ConcurrentQueue<FakeCall> Calls { get; } = new();

    /// <summary>Null: the provider does not count.</summary>
    public UsageDetails? Usage { get; set; } = new() { InputTokenCount = 100, OutputTokenCount = 20 };

    /// <summary>What the provider says of its counts besides.</summary>
    public JsonObject? Raw { get; set; }

    /// <summary>Usable answers of every part, with one score after the other; null is a verdict that cannot be read.</summary>
    public static Func<FakeCall, string> Good(params double?[] scores) => call => call.Part switch
    {
        "observe" => $"observation {call.Number}",
        "distil" => $$"""{"core_insights": ["insight {{call.Number}}"]}""",
        "assemble" => $"answer {call.Number}",
        "inspect" => scores[Math.Min(call.Number, scores.Length) - 1] is { } score
            ? $$"""{"score": {{score}}, "rationale": "because {{call.Number}}", "repair_directive": "repair {{call.Number}}"}"""
            : "no verdict",
        _ => $"1. {call.Part}\n2. of {call.Number}\n3. three\n4. four",
    };

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var sent = messages.ToList();
        var system = sent[0].Text;
        var part = Section(system, "phase") is var phase && phase == "agent" ? Section(system, "role").Split(' ')[0].ToLowerInvariant() : phase;
        var call = new FakeCall(part, _counts.AddOrUpdate(part, 1, (_, count) => count + 1), sent, (string)options!.AdditionalProperties!["idempotency_key"]!);
        Calls.Enqueue(call);
        await foreach (var text in Answer(call, cancellationToken)) yield return new ChatResponseUpdate(ChatRole.Assistant, text);
        if (Usage is not null) yield return new ChatResponseUpdate(ChatRole.Assistant, [Counted(Usage)]) { FinishReason = ChatFinishReason.Stop };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    UsageContent Counted(UsageDetails usage) => new(usage)
    {
        AdditionalProperties = Raw is null ? null : new() { [RawUsage.Name] = Raw.DeepClone() },
    };

    static async IAsyncEnumerable<string> Once(string text)
    {
        await Task.Yield();
        yield return text;
    }

    static string Section(string prompt, string name) => Regex.Match(prompt, $@"<{name}>\n(.*?)\n</{name}>", RegexOptions.Singleline | RegexOptions.NonBacktracking).Groups[1].Value;
}
