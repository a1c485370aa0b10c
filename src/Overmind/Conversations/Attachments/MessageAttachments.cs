using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Overmind.Errors;
using Overmind.Files;
using Overmind.Postgres;

namespace Overmind.Conversations.Attachments;

/// <summary>What a message names as attached. Messages without cost nothing.</summary>
public sealed class MessageAttachments(AttachmentStore store, FileStore files)
{
    /// <summary>What the database refuses a message by that names what is not there, or is another's.</summary>
    internal const string Key = "messages_attachment_fkey";

    /// <summary>Of the texts of a message's attachments together as much is read: 64 KiB, about 16,000 tokens. It is what models are given and moderation looks at.</summary>
    internal const int MaxTextBytes = 64 * 1024;

    /// <summary>Looks up what parts name, and writes beside each what it is; null where they name nothing.</summary>
    /// <param name="before">Parts that the message has had until now: what they name may be gone.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.InvalidValue"/>: one of them is not there, another's, of another conversation, or of another kind than its part says.</exception>
    internal async ValueTask<AttachedParts?> FindAsync(
        Claims claims, Guid conversationId, JsonElement? parts, JsonElement? before, CancellationToken cancellationToken)
    {
        var ids = MessageParts.AttachmentIds(parts);
        if (ids.Count == 0)
            return null;
        var found = await store.FindAsync(claims, ids, cancellationToken);
        var known = MessageParts.AttachmentIds(before);
        var usable = found.Where(a => IsUsable(a, claims, conversationId)).ToDictionary(a => a.Id);
        return new AttachedParts([.. ids.Where(usable.ContainsKey).Select(id => usable[id])], Named(parts!.Value, usable, known));
    }

    /// <summary>What is attached to a question, with its parts; null where nothing is.</summary>
    /// <param name="mayBeGone">Whether those that are not there are left out; else they are refused.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.InvalidValue"/>.</exception>
    internal async Task<AttachedParts?> OfQuestionAsync(
        Claims claims, Guid conversationId, string question, IReadOnlyList<Guid> ids, bool mayBeGone, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return null;
        var usable = (await store.FindAsync(claims, ids, cancellationToken)).Where(a => IsUsable(a, claims, conversationId)).ToDictionary(a => a.Id);
        var checks = new Checks();
        foreach (var (i, id) in ids.Index())
            checks.Require(mayBeGone || usable.ContainsKey(id), $"attachment_ids[{i}]", NotThere(id));
        checks.ThrowIfAny();
        if (usable.Count == 0)
            return null;
        List<Attachment> attached = [.. ids.Distinct().Where(usable.ContainsKey).Select(id => usable[id])];
        var parts = new JsonObject
        {
            ["type"] = "multimodal",
            ["parts"] = new JsonArray([new JsonObject { ["type"] = "text", ["text"] = question }, .. attached.Select(Part)]),
        };
        return new AttachedParts(attached, JsonElement.Parse(parts.ToJsonString()));
    }

    /// <summary>What parts name as attached.</summary>
    internal static IReadOnlyList<Guid> Ids(JsonElement? parts) => MessageParts.AttachmentIds(parts);

    /// <summary>The texts of those that are texts, in their order and as much of them as is read.</summary>
    /// <param name="most">At most so many bytes, and never more than <see cref="MaxTextBytes"/>.</param>
    internal async Task<IReadOnlyList<(Attachment Attachment, string Text)>> TextsAsync(
        Claims claims, IReadOnlyList<Attachment> attachments, CancellationToken cancellationToken, int most = MaxTextBytes)
    {
        List<(Attachment, string)> texts = [];
        var left = Math.Min(most, MaxTextBytes);
        foreach (var attachment in attachments.Where(a => MediaTypes.IsText(a.MediaType)))
        {
            if (left <= 0)
                break;
            var bytes = await files.ReadBytesAsync(claims, AttachmentService.Content(attachment), left, cancellationToken);
            left -= bytes.Length;
            texts.Add((attachment, Text(bytes)));
        }

        return texts;
    }

    /// <summary>The same as one text that stands behind the message's; empty where there is none.</summary>
    internal async Task<string> TextAsync(Claims claims, IReadOnlyList<Attachment> attachments, CancellationToken cancellationToken) =>
        string.Concat((await TextsAsync(claims, attachments, cancellationToken)).Select(t => $"\n{t.Text}"));

    /// <summary>The same with the name before each, and of others the name alone: what a later question is given of an earlier message.</summary>
    internal async Task<string> NamedTextAsync(Claims claims, IReadOnlyList<Attachment> attachments, CancellationToken cancellationToken)
    {
        var texts = (await TextsAsync(claims, attachments, cancellationToken)).ToDictionary(t => t.Attachment.Id, t => t.Text);
        return string.Concat(attachments.Select(a => $"\n\n[{a.Name}, {a.MediaType}]{(texts.TryGetValue(a.Id, out var text) ? $"\n{text}" : "")}"));
    }

    /// <summary>What is told when it has gone, or was taken by another conversation, in the meantime.</summary>
    internal static OvermindException Gone(Exception refused) => new(
        ErrorCode.InvalidValue, "An attachment that the message names is gone, another's, or of another conversation. Upload the file again; it is stored once.",
        "content_parts", refused);

    /// <summary>The bytes of those that there are, in their order and as long as all of them together are not too many.</summary>
    internal async Task<IReadOnlyDictionary<Guid, byte[]>> BytesAsync(Claims claims, IReadOnlyList<Guid> ids, long most, CancellationToken cancellationToken)
    {
        var bytes = new Dictionary<Guid, byte[]>();
        var found = (await store.FindAsync(claims, ids, cancellationToken)).ToDictionary(a => a.Id);
        foreach (var attachment in ids.Where(found.ContainsKey).Select(id => found[id]))
        {
            if (attachment.SizeBytes > most)
                continue;
            most -= attachment.SizeBytes;
            bytes[attachment.Id] = await files.ReadBytesAsync(claims, AttachmentService.Content(attachment), attachment.SizeBytes, cancellationToken);
        }

        return bytes;
    }

    static bool IsUsable(Attachment attachment, Claims claims, Guid conversationId) =>
        attachment.ConversationId is { } used ? used == conversationId : attachment.UserId == claims.UserId;

    static string NotThere(Guid id) =>
        $"There is no attachment {id} that this message may show: it is gone, another's, or of another conversation. Upload the file again; it is stored once.";

    static JsonObject Part(Attachment attachment) => new()
    {
        ["type"] = MediaTypes.IsImage(attachment.MediaType) ? "image" : MediaTypes.IsAudio(attachment.MediaType) ? "audio" : "file",
        ["attachment_id"] = attachment.Id,
        ["name"] = attachment.Name,
        ["media_type"] = attachment.MediaType,
        ["size_bytes"] = attachment.SizeBytes,
    };

    // A character that the cut has halved is left out, and a mark of the byte order is none of the text.
    static string Text(byte[] utf8)
    {
        var length = utf8.Length;
        for (var back = 1; back <= Math.Min(3, length); back++)
        {
            var b = utf8[length - back];
            if ((b & 0xC0) == 0x80)
                continue;
            if (b >= 0xC0 && back < (b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2))
                length -= back;
            break;
        }

        return Encoding.UTF8.GetString(utf8.AsSpan(0, length)).TrimStart('\uFEFF');
    }

    static JsonElement Named(JsonElement parts, Dictionary<Guid, Attachment> usable, IReadOnlyList<Guid> known)
    {
        var checks = new Checks();
        var written = JsonNode.Parse(parts.GetRawText())!.AsObject();
        foreach (var (i, part) in written["parts"]!.AsArray().Index())
        {
            if (part is not JsonObject given || !Guid.TryParseExact((given["attachment_id"] as JsonValue)?.ToString(), "D", out var id))
                continue;
            if (!usable.TryGetValue(id, out var attachment))
            {
                checks.Require(known.Contains(id), $"content_parts.parts[{i}].attachment_id", NotThere(id));
                continue;
            }

            var kind = (given["type"] as JsonValue)?.ToString();
            checks.Require(
                kind switch { "image" => MediaTypes.IsImage(attachment.MediaType), "audio" => MediaTypes.IsAudio(attachment.MediaType), _ => true },
                $"content_parts.parts[{i}].type", $"The part is of type {kind}, and the attachment is {attachment.MediaType}. A part of type file shows any.");
            (given["name"], given["media_type"], given["size_bytes"]) = (attachment.Name, attachment.MediaType, attachment.SizeBytes);
        }

        checks.ThrowIfAny();
        return JsonElement.Parse(written.ToJsonString());
    }
}
