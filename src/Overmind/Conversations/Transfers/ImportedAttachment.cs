using System.Text.Json.Nodes;
using Overmind.Conversations.Attachments;
using Overmind.Files;

namespace Overmind.Conversations.Transfers;

/// <summary>An attachment of a conversation that comes in: its row, and its bytes as they come, in a temporary file.</summary>
sealed class ImportedAttachment(JsonObject row) : IDisposable
{
    int _chunks;

    public FileSpool File { get; } = new();

    public string? Id => row["id"]?.ToString();

    /// <summary>What is wrong with a piece of it; null: nothing.</summary>
    public string? Add(JsonObject chunk)
    {
        if (chunk["id"]?.ToString() != Id || chunk["number"]?.ToString() != $"{_chunks}")
            return $"Pieces of the attachment {Id} are missing or out of order.";
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(chunk["content"]?.ToString() ?? "");
        }
        catch (FormatException)
        {
            return $"A piece of the attachment {Id} is not in base64.";
        }

        if ((long)_chunks * FileContent.ChunkBytes + bytes.Length > AttachmentSettings.LargestMaxBytes)
            return $"The attachment {Id} is larger than {AttachmentSettings.LargestMaxBytes} bytes.";
        _chunks++;
        File.Append(bytes);
        return null;
    }

    /// <summary>What it is to be, when all of it is there.</summary>
    /// <exception cref="TransferException">Its bytes are not those that it had.</exception>
    public NewAttachment End()
    {
        File.End();
        if (!Guid.TryParseExact(Id, "D", out var id))
            throw new TransferException("An attachment has no id.");
        if (row["sha256"]?.ToString() is { } hash && hash != $"\\x{Convert.ToHexStringLower(File.Content.Sha256)}")
            throw new TransferException($"The bytes of the attachment {id} are not those that it had.");
        return new NewAttachment { Id = id, Name = row["name"]?.ToString(), MediaType = row["media_type"]?.ToString() };
    }

    public void Dispose() => File.Dispose();
}
