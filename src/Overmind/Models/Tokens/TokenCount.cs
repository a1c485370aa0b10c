using System.Text;
using Microsoft.Extensions.AI;

namespace Overmind.Models.Tokens;

/// <summary>
/// How many tokens a text has, counted here: by the model's own tokenizer where it publishes one, else one for each 4 bytes of UTF-8, the usual ratio of English text.
/// </summary>
static class TokenCount
{
    const int BytesPerToken = 4;

    // As OpenAI says how its chat models frame messages: three tokens around each, its role, and three that begin the answer.
    const int PerMessage = 4;
    const int PerPrompt = 3;

    // What providers count for a picture lies between 85 and 1,600, by its size; most that are sent come to about this.
    public const int PerImage = 1000;

    public static long Of(ModelReference model, string text) => ModelTokenizers.Find(model) is { } tokenizer ? tokenizer.CountTokens(text) : Estimate(text);

    /// <summary>Of a message in a chat, with what stands around it; null when the model publishes no tokenizer.</summary>
    public static int? OfMessage(ModelReference model, string text) => ModelTokenizers.Find(model)?.CountTokens(text) + PerMessage;

    /// <summary>Of a whole prompt, with what stands around its messages where that is known; pictures by estimate.</summary>
    public static long Of(ModelReference model, IReadOnlyCollection<ChatMessage> messages) => Images(messages) + (ModelTokenizers.Find(model) is { } tokenizer
        ? messages.Sum(m => (long)tokenizer.CountTokens(m.Text) + PerMessage) + PerPrompt
        : messages.Sum(m => Estimate(m.Text)));

    static long Images(IEnumerable<ChatMessage> messages) =>
        PerImage * messages.Sum(m => m.Contents.Count(c => c is DataContent data && data.HasTopLevelMediaType("image") || c is UriContent uri && uri.HasTopLevelMediaType("image")));

    /// <summary>The beginning of a text that has so many tokens at most; no character is cut in two.</summary>
    public static string Cut(ModelReference model, string text, int most)
    {
        var end = ModelTokenizers.Find(model) is { } tokenizer ? tokenizer.GetIndexByTokenCount(text, most, out _, out _) : EndOfBytes(text, most * (long)BytesPerToken);
        return text[..(end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)];
    }

    static int EndOfBytes(string text, long most)
    {
        var end = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            most -= rune.Utf8SequenceLength;
            if (most < 0)
                break;
            end += rune.Utf16SequenceLength;
        }

        return end;
    }

    // Rounded up.
    static long Estimate(string text) => (Encoding.UTF8.GetByteCount(text) + BytesPerToken - 1) / BytesPerToken;
}
