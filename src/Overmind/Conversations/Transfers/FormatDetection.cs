using System.Text.Json;
using Overmind.Errors;

namespace Overmind.Conversations.Transfers;

/// <summary>What a file is, by how it begins.</summary>
static class FormatDetection
{
    /// <exception cref="OvermindException"><see cref="ErrorCode.UnknownImportFormat"/>: it is none that is known, or another one than it is said to be.</exception>
    public static TransferFormat Read(ReadOnlySpan<byte> beginning, TransferFormat? said)
    {
        var text = beginning.StartsWith("\uFEFF"u8) ? beginning[3..] : beginning;
        text = text.TrimStart(" \t\r\n"u8);
        if (text.StartsWith("PK"u8)) throw Unknown("It is a zip file: send the conversations.json that is in it.");
        var found = text.IsEmpty ? null : text[0] == '[' ? TransferFormat.Chatgpt : OfObject(text);
        if (found is null || (said is { } format && format != found))
            throw Unknown(found is null ? "It does not begin as any of them." : $"It is {LowerSnake.Write(found.Value)}, not {LowerSnake.Write(said!.Value)}.");
        return found.Value;
    }

    static TransferFormat? OfObject(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is not JsonTokenType.PropertyName || reader.CurrentDepth != 1) continue;
                if (reader.ValueTextEquals("messages"u8)) return TransferFormat.Openai;
                if (!reader.ValueTextEquals("object"u8) || !reader.Read()) continue;
                if (reader.TokenType is JsonTokenType.String && (reader.ValueTextEquals("export"u8) || reader.ValueTextEquals("conversation"u8))) return TransferFormat.Overmind;
            }
        }
        catch (JsonException)
        {
            // It is no JSON.
        }

        return null;
    }

    static OvermindException Unknown(string detail) => new(
        ErrorCode.UnknownImportFormat, $"The file is neither an export of Overmind, nor lines of OpenAI's messages, nor ChatGPT's conversations.json. {detail}", "format");
}
