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

    public static long Of(ModelReference model, string text) => ModelTokenizers.Find(model) is { } tokenizer ? tokenizer.CountTokens(text) : Estimate(text);

    /// <summary>Of a whole prompt, with what stands around its messages where that is known.</summary>
    public static long Of(ModelReference model, IEnumerable<ChatMessage> messages) => ModelTokenizers.Find(model) is { } tokenizer
        ? messages.Sum(m => (long)tokenizer.CountTokens(m.Text) + PerMessage) + PerPrompt
        : messages.Sum(m => Estimate(m.Text));

    // Rounded up.
    static long Estimate(string text) => (Encoding.UTF8.GetByteCount(text) + BytesPerToken - 1) / BytesPerToken;
}
