using System.Text;
using Overmind.Conversations;
using Overmind.Conversations.Attachments;
using Overmind.Files;
using Overmind.Postgres;

namespace Overmind.Tests.Conversations.Attachments;

/// <summary>Files of a few bytes that are what they say, and the services that take them.</summary>
static class Samples
{
    public static byte[] Png { get; } = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    public static AttachmentService Service(Database database) => new(new AttachmentStore(database), new FileStore(database));

    public static MessageAttachments OfMessages(Database database) => new(new AttachmentStore(database), new FileStore(database));

    public static ConversationService Conversations(Database database) =>
        new(new ConversationStore(database), new MessageStore(database), attachments: OfMessages(database));

    public static Task<Attachment> UploadAsync(this AttachmentService service, Claims claims, string text, string name = "notes.txt") =>
        service.UploadAsync(claims, new MemoryStream(Text(text)), new NewAttachment { Name = name }, CancellationToken.None);

    public static async Task<byte[]> BytesAsync(this AttachmentService service, Claims claims, Attachment attachment, long from = 0, long? length = null)
    {
        using var bytes = new MemoryStream();
        await foreach (var piece in service.ReadAsync(claims, attachment, from, length, CancellationToken.None))
            bytes.Write(piece.Span);
        return bytes.ToArray();
    }

    public static NewMessage Showing(Attachment attachment, string type = "file") => new()
    {
        ContentParts = System.Text.Json.JsonElement.Parse($$"""{"type": "multimodal", "parts": [{"type": "text", "text": "Look"}, {"type": "{{type}}", "attachment_id": "{{attachment.Id}}"}]}"""),
    };
}
