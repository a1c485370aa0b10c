using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Overmind.Models;

namespace Overmind.Tests.Models.Providers;

/// <summary>The wire formats, as the providers' references describe them.</summary>
public abstract class Wire
{
    public static Wire Of(ModelProviderKind kind) => kind switch
    {
        ModelProviderKind.Openai => new OpenaiWire(),
        ModelProviderKind.Anthropic => new AnthropicWire(),
        _ => new OllamaWire(),
    };

    public abstract string Path { get; }

    public abstract string ContentType { get; }

    /// <summary>A whole answer: 21 tokens in (5 of them cached, where the provider tells), 7 out (3 of them thought, where it tells).</summary>
    public abstract string Plain(string text);

    /// <summary>A whole answer that calls <c>weather</c> for Lima.</summary>
    public abstract string Tool { get; }

    /// <summary>What comes before the text.</summary>
    public abstract string Begin { get; }

    public abstract string Delta(string text);

    /// <summary>What ends a text: the reason, the counts.</summary>
    public abstract string End { get; }

    /// <summary>The events of an answer that calls <c>weather</c> for Lima.</summary>
    public abstract IReadOnlyList<string> ToolEvents { get; }

    public abstract string Error(string message);

    /// <summary>Its list of two models, of which the second is named <c>chat-mini</c>.</summary>
    public abstract string Models { get; }

    public Func<HttpContext, Task> Stream(params IEnumerable<string> texts) => Replies.Stream(ContentType, [Begin, .. texts.Select(Delta), End]);

    /// <summary>The beginning of a stream up to these texts.</summary>
    public Func<HttpContext, Task> Part(params IEnumerable<string> texts) => Replies.Stream(ContentType, [Begin, .. texts.Select(Delta)]);

    protected static string Quote(string text) => JsonSerializer.Serialize(text);
}
