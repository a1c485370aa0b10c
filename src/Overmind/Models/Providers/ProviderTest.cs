using Microsoft.Extensions.AI;
using Overmind.Errors;

namespace Overmind.Models.Providers;

/// <summary>The smallest call that shows that a provider answers.</summary>
static class ProviderTest
{
    const string Question = "Answer with the one word: ready";

    /// <summary>Enough for a model that thinks before it says one word.</summary>
    const int MaxTokens = 256;

    const int MaxAnswerLength = 200;

    /// <summary>Cheap ones, in the order of preference; the first that a listed name holds is asked.</summary>
    static readonly string[] Cheap = ["nano", "mini", "haiku", "flash", "small"];

    /// <summary>Not models that chat.</summary>
    static readonly string[] Others = ["embed", "whisper", "tts", "dall-e", "image", "audio", "realtime", "moderation", "transcribe", "search", "sora", "davinci", "babbage"];

    /// <param name="ledger">Makes the call of a model, with its row in the ledger.</param>
    public static async Task<(string Model, TimeSpan Latency, string Answer)> AskAsync(
        ProviderClient provider, string? model,
        Func<string, IReadOnlyList<ChatMessage>, Func<CancellationToken, Task<ChatResponse>>, Task<ChatResponse>> ledger, TimeProvider time,
        CancellationToken cancellationToken)
    {
        model ??= Choose(await provider.ListAsync(cancellationToken))
            ?? throw new ModelCallException(ErrorCode.ModelNotFound, $"The provider '{provider.Key}' lists no chat model. Name the one to test.");
        ChatMessage[] messages = [new(ChatRole.User, Question)];
        var latency = TimeSpan.Zero;
        var response = await ledger(model, messages, async stop =>
        {
            var started = time.GetTimestamp();
            var answered = await provider.Chat(model).GetResponseAsync(messages, new ChatOptions { ModelId = model, MaxOutputTokens = MaxTokens }, stop);
            latency = time.GetElapsedTime(started);
            return answered;
        });
        var answer = StoredText.Clean(response.Text.Trim());
        return (model, latency, answer.Length > MaxAnswerLength ? answer[..MaxAnswerLength] : answer);
    }

    static string? Choose(IReadOnlyList<Model> models)
    {
        var chat = models.Where(m => !Others.Any(word => m.Name.Contains(word, StringComparison.OrdinalIgnoreCase))).ToList();
        return Cheap.Select(word => chat.Find(m => m.Name.Contains(word, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(m => m is not null)?.Name
            ?? chat.FirstOrDefault()?.Name;
    }
}
