using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;

namespace Overmind.Server.Openai;

/// <summary>An answer as it comes in: its text, and the calls of tools with their arguments as the model wrote them.</summary>
sealed class ChatAnswer
{
    static readonly JsonSerializerOptions Arguments = new(AIJsonUtilities.DefaultOptions) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly StringBuilder _text = new();
    readonly List<(string Id, string Name, StringBuilder Arguments)> _calls = [];
    ChatFinishReason? _finish;
    bool _isInPieces;

    public string Text => _text.ToString();

    public IReadOnlyList<ToolCallDelta> Calls => [.. _calls.Select((c, i) => new ToolCallDelta(i, c.Id, c.Name, c.Arguments.ToString()))];

    /// <summary>OpenAI's word for why it ended.</summary>
    public string FinishReason => _finish == ChatFinishReason.Length ? "length"
        : _finish == ChatFinishReason.ContentFilter ? "content_filter"
        : _calls.Count > 0 ? "tool_calls"
        : "stop";

    /// <summary>Takes a piece; returns what is new of calls of tools. New text is the piece's.</summary>
    public IReadOnlyList<ToolCallDelta> Add(ChatResponseUpdate piece)
    {
        _text.Append(piece.Text);
        _finish = piece.FinishReason ?? _finish;
        List<ToolCallDelta> deltas = [];
        // OpenAI's come in pieces here, and once more whole at the end, read and written anew.
        if (piece.RawRepresentation is StreamingChatCompletionUpdate { ToolCallUpdates: { Count: > 0 } updates })
        {
            _isInPieces = true;
            deltas.AddRange(updates.Select(u => new ToolCallDelta(u.Index, u.ToolCallId, u.FunctionName, u.FunctionArgumentsUpdate?.ToString() ?? "")));
        }
        else if (!_isInPieces)
        {
            foreach (var call in piece.Contents.OfType<FunctionCallContent>())
                deltas.Add(new ToolCallDelta(_calls.Count + deltas.Count, call.CallId, call.Name, JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>(), Arguments)));
        }

        deltas.ForEach(Add);
        return deltas;
    }

    void Add(ToolCallDelta delta)
    {
        while (_calls.Count <= delta.Index) _calls.Add(("", "", new StringBuilder()));
        var (id, name, arguments) = _calls[delta.Index];
        arguments.Append(delta.Arguments);
        _calls[delta.Index] = (delta.Id ?? id, delta.Name ?? name, arguments);
    }
}
