using System.Text.Json;
using Overmind.Conversations;

namespace Overmind.WebConsole.Conversations;

/// <summary>What a message shows besides its text, as its parts say.</summary>
public sealed record MessageFile(Guid Id, string Name, string MediaType, long? Size)
{
    /// <summary>Shown where it stands; all else is a download.</summary>
    public bool IsPicture => MediaType is "image/png" or "image/jpeg" or "image/gif" or "image/webp";

    public string Address => $"attachments/{Id}";

    public static IReadOnlyList<MessageFile> Of(Message message)
    {
        if (message.ContentParts?.Parse() is not { ValueKind: JsonValueKind.Object } parts
            || !parts.TryGetProperty("parts", out var list) || list.ValueKind is not JsonValueKind.Array)
            return [];
        return [.. list.EnumerateArray().Select(Of).OfType<MessageFile>()];
    }

    static MessageFile? Of(JsonElement part) => Guid.TryParseExact(Word(part, "attachment_id"), "D", out var id)
        ? new MessageFile(
            id, Word(part, "name") ?? "file", Word(part, "media_type") ?? "",
            part.TryGetProperty("size_bytes", out var size) && size.ValueKind is JsonValueKind.Number && size.TryGetInt64(out var bytes) ? bytes : null)
        : null;

    static string? Word(JsonElement part, string name) =>
        part.ValueKind is JsonValueKind.Object && part.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
