using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Overmind.Conversations.Transfers;

/// <summary>A message of another tool, as a row of <c>messages</c>.</summary>
static class ImportedMessage
{
    /// <summary>With its text fit to be stored; refused when that is too long.</summary>
    public static JsonObject Row(Guid id, int seq, MessageRole role, string content, DateTimeOffset? created) => new()
    {
        ["id"] = id,
        ["seq"] = seq,
        ["branch"] = 0,
        ["role"] = LowerSnake.Write(role),
        ["content"] = Checked(content),
        ["created_at"] = created,
    };

    public static MessageRole? Role(string? word) => word switch
    {
        "developer" => MessageRole.System,
        "function" => MessageRole.Tool,
        null => null,
        _ => LowerSnake.Read<MessageRole>(word),
    };

    public static string? Text(JsonElement parent, string name) =>
        parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    public static string Checked(string content) => content.Length > NewMessage.MaxBytes / 3 && Encoding.UTF8.GetByteCount(content) > NewMessage.MaxBytes
        ? throw new TransferException($"A message has more than {NewMessage.MaxBytes} bytes.")
        : StoredText.Clean(content);
}
