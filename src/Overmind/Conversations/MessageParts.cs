using System.Text;
using System.Text.Json;
using Overmind.Errors;

namespace Overmind.Conversations;

/// <summary>
/// What a message has besides its text. Parts are an object of one of four types: <c>{"type": "text", "text"}</c>, <c>{"type": "structured", "data"}</c>,
/// <c>{"type": "multimodal", "parts": [{"type": "text", "text"} or {"type": "image", "audio" or "file", "url" or "attachment_id"}]}</c> and
/// <c>{"type": "tool_result", "tool_call_id", "output"}</c>; other members are kept as they are. Tools are <c>[{"id", "name", "arguments"}]</c>.
/// </summary>
static class MessageParts
{
    const int MaxParts = 64;
    const int MaxCalls = 128;

    public static void Check(ref Checks checks, JsonElement? parts, MessageRole role)
    {
        if (parts is not { } given)
            return;
        CheckSize(ref checks, "content_parts", parts);
        switch (Word(given, "type"))
        {
            case "text":
                checks.Require(Word(given, "text") is { Length: > 0 }, "content_parts.text", "Parts of type text have a text.");
                break;
            case "structured":
                checks.Require(given.TryGetProperty("data", out _), "content_parts.data", "Parts of type structured have data, which is any JSON.");
                break;
            case "multimodal":
                CheckMultimodal(ref checks, given);
                break;
            case "tool_result":
                checks.Require(role is MessageRole.Tool, "content_parts.type", "A tool_result is a message of the role tool.");
                checks.Require(
                    Word(given, "tool_call_id") is { Length: > 0 and <= 200 }, "content_parts.tool_call_id", "A tool_result names its call: tool_call_id has 1 to 200 characters.");
                checks.Require(given.TryGetProperty("output", out _), "content_parts.output", "A tool_result has an output, which is any JSON.");
                break;
            case var other:
                checks.Require(false, "content_parts.type", $"content_parts.type is text, structured, multimodal or tool_result, not {other ?? "left out"}.");
                break;
        }
    }

    public static void CheckTools(ref Checks checks, JsonElement? tools, MessageRole role)
    {
        if (tools is not { } calls)
            return;
        CheckSize(ref checks, "tools", tools);
        checks.Require(role is MessageRole.Assistant, "tools", "Calls of tools are an assistant's.");
        checks.Require(calls.GetArrayLength() is >= 1 and <= MaxCalls, "tools", $"tools has 1 to {MaxCalls} calls, not {calls.GetArrayLength()}.");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, call) in calls.EnumerateArray().Index())
        {
            var id = Word(call, "id");
            checks.Require(id is { Length: > 0 and <= 200 }, $"tools[{i}].id", "A call has an id of 1 to 200 characters.");
            checks.Require(id is null || ids.Add(id), $"tools[{i}].id", $"There are two calls with the id {id}.");
            checks.Require(Word(call, "name") is { Length: > 0 and <= 200 }, $"tools[{i}].name", "A call has a name of 1 to 200 characters.");
            checks.Require(
                call.ValueKind is JsonValueKind.Object && call.TryGetProperty("arguments", out var arguments) && arguments.ValueKind is JsonValueKind.Object,
                $"tools[{i}].arguments", "A call has arguments: a JSON object.");
        }
    }

    /// <summary>As large as a text may be.</summary>
    public static void CheckSize(ref Checks checks, string param, JsonElement? json) => checks.Require(
        json is not { } given || Encoding.UTF8.GetByteCount(given.GetRawText()) <= NewMessage.MaxBytes, param, $"{param} has at most {NewMessage.MaxBytes} bytes of JSON.",
        ErrorCode.MessageTooLarge);

    /// <summary>What of checked parts is searched.</summary>
    public static string TextOf(JsonElement parts) => Word(parts, "type") switch
    {
        "text" => Word(parts, "text")!,
        "multimodal" => string.Join('\n', parts.GetProperty("parts").EnumerateArray().Select(p => Word(p, "text") ?? Word(p, "name") ?? Word(p, "url"))),
        "tool_result" => Written(parts.GetProperty("output")),
        _ => Written(parts.GetProperty("data")),
    };

    /// <summary>The attachments that parts name, each once and in their order; of parts that are not as they should be those that can be read.</summary>
    public static IReadOnlyList<Guid> AttachmentIds(JsonElement? parts)
    {
        if (parts is not { } given || Word(given, "type") != "multimodal" || !given.TryGetProperty("parts", out var list) || list.ValueKind is not JsonValueKind.Array)
            return [];
        return [.. list.EnumerateArray().Select(AttachmentId).OfType<Guid>().Distinct()];
    }

    static Guid? AttachmentId(JsonElement part) => Guid.TryParseExact(Word(part, "attachment_id"), "D", out var id) ? id : null;

    static void CheckMultimodal(ref Checks checks, JsonElement given)
    {
        var parts = given.TryGetProperty("parts", out var found) && found.ValueKind is JsonValueKind.Array ? found.EnumerateArray().ToArray() : [];
        checks.Require(parts.Length is >= 1 and <= MaxParts, "content_parts.parts", $"Parts of type multimodal have 1 to {MaxParts} parts.");
        foreach (var (i, part) in parts.Index())
        {
            var type = Word(part, "type");
            var path = $"content_parts.parts[{i}]";
            checks.Require(type is "text" or "image" or "audio" or "file", $"{path}.type", "A part is a text, an image, an audio or a file.");
            checks.Require(type is not "text" || Word(part, "text") is not null, $"{path}.text", "A part of type text has a text.");
            if (type is null or "text")
                continue;
            var isAttached = part.TryGetProperty("attachment_id", out _);
            checks.Require(!isAttached || AttachmentId(part) is not null, $"{path}.attachment_id", "attachment_id is the id of an attachment.");
            checks.Require(!isAttached || !part.TryGetProperty("url", out _), $"{path}.url", "A part has a url or an attachment_id, not both.");
            checks.Require(
                isAttached || Uri.TryCreate(Word(part, "url"), UriKind.Absolute, out var url) && url.Scheme is "https" or "http",
                $"{path}.url", "An image, an audio or a file has an attachment_id, or a url from http:// or https://.");
        }
    }

    static string Written(JsonElement value) => value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();

    static string? Word(JsonElement json, string name) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
