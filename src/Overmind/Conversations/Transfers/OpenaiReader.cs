using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Overmind.Conversations.Transfers;

/// <summary>Lines of <c>{"messages": [{"role", "content", …}]}</c>. They have neither ids nor times: a line is known again by what it says.</summary>
static class OpenaiReader
{
    public static async IAsyncEnumerable<ImportItem> ReadAsync(ByteSource source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in JsonLines.ReadAsync(source, cancellationToken))
        {
            ImportItem item;
            try
            {
                item = line.Text is null
                    ? ImportItem.Broken(line.Number, null, $"The line is longer than {JsonLines.MaxLength} bytes.")
                    : new ImportItem(line.Number, null, Read(line.Text), null);
            }
            catch (Exception broken) when (broken is JsonException or TransferException or InvalidOperationException)
            {
                item = ImportItem.Broken(line.Number, null, broken is JsonException ? "The line is not valid JSON; the file may be cut off." : broken.Message);
            }

            yield return item;
        }
    }

    static ImportedConversation Read(byte[] line)
    {
        using var document = JsonDocument.Parse(line);
        if (document.RootElement.ValueKind is not JsonValueKind.Object || !document.RootElement.TryGetProperty("messages", out var messages) || messages.ValueKind is not JsonValueKind.Array)
            throw new TransferException("The line has no messages.");
        var conversation = SourceIds.Of(null, "openai", Encoding.UTF8.GetString(line).TrimEnd());
        var rows = new JsonArray();
        foreach (var (i, message) in messages.EnumerateArray().Index())
        {
            var role = ImportedMessage.Role(ImportedMessage.Text(message, "role")) ?? throw new TransferException($"messages[{i}].role is system, developer, user, assistant or tool.");
            var tools = Tools(message);
            var content = Content(message, i);
            if (content.Length == 0) content = string.Join("\n", tools.Select(t => $"{t!["name"]}({t["arguments"]!.ToJsonString()})"));
            if (content.Length == 0) throw new TransferException($"messages[{i}].content is empty.");
            var row = ImportedMessage.Row(SourceIds.Of(null, "openai", conversation.ToString(), $"{i}"), i + 1, role, content, null);
            if (tools.Count > 0) row["tools"] = tools;
            if (ImportedMessage.Text(message, "tool_call_id") is { Length: > 0 } call)
                row["content_parts"] = new JsonObject { ["type"] = "tool_result", ["tool_call_id"] = call, ["output"] = content };
            rows.Add(row);
        }

        return rows.Count == 0
            ? throw new TransferException("The line has no messages.")
            : new ImportedConversation { Conversation = new JsonObject { ["id"] = conversation }, Messages = rows };
    }

    static string Content(JsonElement message, int index)
    {
        if (!message.TryGetProperty("content", out var content) || content.ValueKind is JsonValueKind.Null) return "";
        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!,
            JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(p => ImportedMessage.Text(p, "text") ?? "(image)")),
            _ => throw new TransferException($"messages[{index}].content is neither text nor parts."),
        };
    }

    static JsonArray Tools(JsonElement message)
    {
        var tools = new JsonArray();
        if (!message.TryGetProperty("tool_calls", out var calls) || calls.ValueKind is not JsonValueKind.Array) return tools;
        foreach (var call in calls.EnumerateArray())
        {
            var function = call.ValueKind is JsonValueKind.Object && call.TryGetProperty("function", out var found) ? found : default;
            tools.Add(new JsonObject
            {
                ["id"] = ImportedMessage.Text(call, "id") ?? "",
                ["name"] = ImportedMessage.Text(function, "name") ?? "",
                ["arguments"] = JsonNode.Parse(ImportedMessage.Text(function, "arguments") is { Length: > 0 } text ? text : "{}") as JsonObject ?? [],
            });
        }

        return tools;
    }
}
