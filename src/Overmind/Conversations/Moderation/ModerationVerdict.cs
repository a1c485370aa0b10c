using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Overmind.Conversations.Moderation;

/// <summary>What local rules say of a text that is to be stored.</summary>
sealed record ModerationVerdict(ModerationStatus Status, IReadOnlyList<ModerationFlag> Flags)
{
    /// <summary>As JSON in ASCII without quotation marks of SQL, for a setting of the transaction, which takes no parameter.</summary>
    public string ToSetting()
    {
        var buffer = new ArrayBufferWriter<byte>();
        // The writer's own encoder writes ', \ and all that is not ASCII as \u….
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("status", LowerSnake.Write(Status));
            writer.WriteStartArray("flags");
            foreach (var flag in Flags)
            {
                writer.WriteStartObject();
                writer.WriteString("code", flag.Code);
                writer.WriteString("category", flag.Category);
                writer.WriteString("detail", flag.Detail);
                writer.WriteString("source", flag.Source);
                writer.WriteString("at", flag.At);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.ASCII.GetString(buffer.WrittenSpan);
    }
}
