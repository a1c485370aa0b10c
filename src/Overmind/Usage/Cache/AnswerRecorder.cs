using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Overmind.Models;
using Overmind.Models.Providers;

namespace Overmind.Usage.Cache;

/// <summary>Listens to an answer that streams by, to keep it if it ends well.</summary>
sealed class AnswerRecorder
{
    /// <summary>In characters. A longer answer is not kept.</summary>
    const int MaxLength = 1_000_000;

    readonly List<AIContent> _parts = [];
    UsageDetails? _counted;
    JsonObject? _raw;
    ChatFinishReason? _finish;
    string _half = "";
    int _length;
    bool _isUnfit;

    /// <summary>All text, fit to be stored.</summary>
    public string Text => StoredText.Clean(string.Concat(_parts.OfType<TextContent>().Select(t => t.Text)));

    /// <summary>What the provider counted; null when it did not.</summary>
    public TokenCounts? Counts => UsageReading.Of(_counted, _raw);

    public void Add(ChatResponseUpdate update)
    {
        _finish = update.FinishReason ?? _finish;
        foreach (var content in update.Contents)
        {
            switch (content)
            {
                case TextReasoningContent:
                    // How the model came to it is no part of the answer.
                    break;
                case TextContent text:
                    AddText(text.Text);
                    break;
                case FunctionCallContent:
                    _parts.Add(content);
                    break;
                case UsageContent usage:
                    (_counted ??= new UsageDetails()).Add(usage.Details);
                    _raw = usage.AdditionalProperties?[RawUsage.Name] as JsonObject ?? _raw;
                    break;
                default:
                    _isUnfit = true;
                    break;
            }
        }
    }

    /// <summary>As it is stored; null for one that must not be given again: cut off, refused, empty, or with parts that cannot be kept.</summary>
    public string? Answer() => !_isUnfit && _half.Length == 0 && _length <= MaxLength && _parts.Count > 0 && (_finish == ChatFinishReason.Stop || _finish == ChatFinishReason.ToolCalls)
        ? CachedAnswer.Write(_parts, _finish.Value)
        : null;

    /// <summary>Half of a surrogate pair waits for the other one: it is none that JSON could hold.</summary>
    void AddText(string text)
    {
        text = _half + text;
        _half = text.Length > 0 && char.IsHighSurrogate(text[^1]) ? text[^1..] : "";
        text = text[..^_half.Length];
        _length += text.Length;
        if (text.Length > 0 && _length <= MaxLength) _parts.Add(new TextContent(text));
    }
}
