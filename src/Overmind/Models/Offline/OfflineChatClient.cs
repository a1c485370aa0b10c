using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Overmind.Models.Tokens;

namespace Overmind.Models.Offline;

/// <summary>
/// A chat model that needs no key and no network: by rule, always the same for the same messages, it arranges the words of the question and its
/// context. It plays every part of a run (agents, synthesis, judge) and answers plain chats. What it writes for users says that it is offline,
/// and each response carries the model id <c>offline</c> and <c>"offline": true</c> in its additional properties.
/// </summary>
/// <param name="time">Waits between tokens come from it.</param>
/// <param name="tokensPerSecond">How fast it writes; null for as fast as it can.</param>
public sealed class OfflineChatClient(TimeProvider time, double? tokensPerSecond = null) : IChatClient
{
    const string Name = "offline";
    const int TokensPerUpdate = 8;

    /// <summary>How fast it writes; null for as fast as it can.</summary>
    public double? TokensPerSecond { get; } =
        tokensPerSecond is null or (> 0 and < double.PositiveInfinity) ? tokensPerSecond : throw new ArgumentOutOfRangeException(nameof(tokensPerSecond));

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var response = await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);
        response.AdditionalProperties = new AdditionalPropertiesDictionary { [Name] = true };
        return response;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var sent = messages.ToList();
        var answer = Answer(OfflinePrompt.Read(sent));
        var (text, cut) = TokenLimit.Cut(answer, options?.MaxOutputTokens);
        var id = $"offline-{StableHash.Of(answer):x8}";
        foreach (var piece in TokenLimit.Pieces(text, TokensPerSecond is null ? TokensPerUpdate : 1))
        {
            if (TokensPerSecond is { } rate) await Task.Delay(TimeSpan.FromSeconds(1 / rate), time, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            yield return Update(id, new TextContent(piece));
        }

        var input = sent.Sum(m => Tokenizer.Count(m.Text));
        var output = Tokenizer.Count(text);
        var last = Update(id, new UsageContent(new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = input + output,
        }));
        last.FinishReason = cut ? ChatFinishReason.Length : ChatFinishReason.Stop;
        yield return last;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        if (serviceKey is not null) return null;
        if (serviceType == typeof(ChatClientMetadata)) return new ChatClientMetadata(Name, providerUri: null, Name);
        return serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    static string Answer(OfflinePrompt prompt) => prompt.Phase switch
    {
        "agent" => OfflineAgent.Answer(prompt),
        "observe" => OfflineSynthesis.Observe(prompt),
        "distil" => OfflineSynthesis.Distil(prompt),
        "assemble" => OfflineSynthesis.Assemble(prompt),
        "summarize" => OfflineSummary.Of(prompt),
        "inspect" => OfflineJudge.Inspect(prompt),
        _ => OfflineSynthesis.Chat(prompt),
    };

    static ChatResponseUpdate Update(string id, AIContent content) => new(ChatRole.Assistant, [content])
    {
        ResponseId = id,
        MessageId = id,
        ModelId = Name,
        AdditionalProperties = new AdditionalPropertiesDictionary { [Name] = true },
    };
}
