using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Overmind.Conversations.Transfers;

/// <summary>
/// Lines as an export writes them: <c>{"object": "conversation", "row"}</c>, then its attachments with their bytes, branches, messages and versions, a line each, and
/// <c>{"object": "conversation.end", "id", "lines"}</c>. Without its end a conversation is cut off, and none of it is taken.
/// </summary>
static class OvermindReader
{
    /// <summary>What is held of one conversation, in bytes.</summary>
    const long MaxConversation = 256L * 1024 * 1024;

    public static async IAsyncEnumerable<ImportItem> ReadAsync(ByteSource source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var open = new Open();
        await foreach (var line in JsonLines.ReadAsync(source, cancellationToken))
            foreach (var item in open.Take(line)) yield return item;
        if (open.CutOff() is { } last) yield return last;
    }

    sealed class Open
    {
        ImportedConversation? _conversation;
        string? _problem;
        long _from;
        long _lines;
        long _bytes;

        string? Name => _conversation?.Conversation["id"]?.ToString();

        public IEnumerable<ImportItem> Take(JsonLine line)
        {
            var (kind, row) = Read(line, out var problem);
            if (kind == "conversation")
            {
                if (CutOff() is { } before) yield return before;
                (_conversation, _problem, _from, _lines, _bytes) = (new ImportedConversation { Conversation = row! }, null, line.Number, 0, 0);
            }
            else if (kind == "conversation.end" && _conversation is not null)
            {
                var isWhole = row?["lines"] is JsonValue counted && counted.TryGetValue<long>(out var lines) && lines == _lines;
                if ((_problem ?? (isWhole ? null : "Lines of the conversation are missing.")) is { } wrong)
                {
                    yield return ImportItem.Broken(_from, Name, wrong);
                    _conversation.Dispose();
                }
                else
                {
                    yield return new ImportItem(_from, Name, _conversation, null);
                }

                _conversation = null;
            }
            else if (_conversation is null)
            {
                if (kind != "export") yield return ImportItem.Broken(line.Number, null, problem ?? $"The line is none of a conversation: {kind}.");
            }
            else
            {
                _lines++;
                // Those of attachments go to the disk.
                _bytes += kind == "attachment.chunk" ? 0 : line.Text?.Length ?? 0;
                _problem ??= problem ?? (_bytes > MaxConversation ? $"The conversation is larger than {MaxConversation} bytes." : Add(kind!, row!));
            }
        }

        /// <summary>What is open and has no end.</summary>
        public ImportItem? CutOff()
        {
            var cut = _conversation is null ? null : ImportItem.Broken(_from, Name, _problem ?? "The conversation is cut off: its end is missing.");
            _conversation?.Dispose();
            _conversation = null;
            return cut;
        }

        string? Add(string kind, JsonObject row)
        {
            switch (kind)
            {
                case "attachment":
                    _conversation!.Attachments.Add(new ImportedAttachment(row));
                    return null;
                case "attachment.chunk":
                    return _conversation!.Attachments is [.., var attachment] ? attachment.Add(row) : "There is a piece of an attachment without one.";
                case "branch":
                    _conversation!.Branches.Add(row);
                    return null;
                case "message":
                    _conversation!.Messages.Add(row);
                    return null;
                case "message.version":
                    _conversation!.Versions.Add(row);
                    return null;
                default:
                    return $"There is no kind of lines {kind}.";
            }
        }

        static (string? Kind, JsonObject? Row) Read(JsonLine line, out string? problem)
        {
            problem = null;
            if (line.Text is null)
            {
                problem = $"Line {line.Number} is longer than {JsonLines.MaxLength} bytes.";
                return default;
            }

            try
            {
                if (JsonNode.Parse(line.Text) is JsonObject read && read["object"]?.GetValue<string>() is { } kind)
                {
                    var row = kind is "conversation.end" or "export" ? read : read["row"] as JsonObject;
                    if (row is not null)
                    {
                        if (!ReferenceEquals(row, read)) read.Remove("row");
                        return (kind, row);
                    }
                }

                problem = $"Line {line.Number} has no object and row.";
            }
            catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or ArgumentException)
            {
                problem = $"Line {line.Number} is not valid JSON; the file may be cut off.";
            }

            return default;
        }
    }
}
