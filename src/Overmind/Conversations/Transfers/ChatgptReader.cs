using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Overmind.Conversations.Transfers;

/// <summary><c>conversations.json</c> of ChatGPT: an array of conversations, each a tree of messages (<c>mapping</c>) and the one that is shown last (<c>current_node</c>).</summary>
static class ChatgptReader
{
    public static async IAsyncEnumerable<ImportItem> ReadAsync(ByteSource source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var place = 0;
        await foreach (var element in JsonElements.ReadAsync(source, cancellationToken))
        {
            place++;
            yield return element is null
                ? ImportItem.Broken(null, $"number {place}", $"The file is cut off here, or the conversation is larger than {JsonElements.MaxLength} bytes.")
                : Read(element, place);
        }
    }

    static ImportItem Read(byte[] element, int place)
    {
        string? name = null;
        try
        {
            using var document = JsonDocument.Parse(element);
            var root = document.RootElement;
            var id = ImportedMessage.Text(root, "conversation_id") ?? ImportedMessage.Text(root, "id");
            name = id ?? $"number {place}";
            if (id is null || !root.TryGetProperty("mapping", out var mapping) || mapping.ValueKind is not JsonValueKind.Object)
                throw new TransferException("It has no id and mapping.");
            var tree = new ChatgptTree(id, mapping, ImportedMessage.Text(root, "current_node"), Time(root, "create_time"));
            var conversation = new JsonObject
            {
                ["id"] = SourceIds.Of(Time(root, "create_time"), "chatgpt", id),
                ["title"] = Title(ImportedMessage.Text(root, "title")),
                ["created_at"] = Time(root, "create_time"),
                ["last_activity_at"] = Time(root, "update_time"),
                ["status"] = root.TryGetProperty("is_archived", out var archived) && archived.ValueKind is JsonValueKind.True ? "archived" : "active",
                ["metadata"] = new JsonObject { ["source"] = "chatgpt", ["source_id"] = id },
            };
            return new ImportItem(null, name, new ImportedConversation { Conversation = conversation, Branches = tree.Branches, Messages = tree.Messages }, null);
        }
        catch (Exception broken) when (broken is JsonException or TransferException or InvalidOperationException)
        {
            return ImportItem.Broken(null, name ?? $"number {place}", broken is JsonException ? "It is not valid JSON." : broken.Message);
        }
    }

    public static DateTimeOffset? Time(JsonElement parent, string name) =>
        parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number
        && value.TryGetDouble(out var seconds) && seconds is > 0 and < 253_402_300_799
            ? DateTimeOffset.UnixEpoch.AddMilliseconds(Math.Round(seconds * 1000))
            : null;

    static string? Title(string? title) => string.IsNullOrWhiteSpace(title) ? null : StoredText.Clean(title.Length > 500 ? title[..500] : title);
}
