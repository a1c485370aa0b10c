using System.Text.Json.Nodes;
using Npgsql;
using Overmind.Conversations.Attachments;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Conversations.Transfers;

/// <summary>Takes conversations in from a file, which is read as it comes: each in a transaction of its own, whole or not at all.</summary>
public sealed class ImportService(TransferStore store, AttachmentService attachments)
{
    /// <summary>Imports all that is new. What is wrong with a conversation is told in the result, and the others are imported.</summary>
    /// <param name="format">Null: as the file begins.</param>
    /// <param name="progress">Told after each conversation; null: nobody.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.UnknownImportFormat"/>, <see cref="ErrorCode.Forbidden"/>: nothing was imported.</exception>
    public async Task<ImportResult> ImportAsync(
        Claims claims, Stream file, TransferFormat? format, Action<ImportResult>? progress, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var source = new ByteSource(file);
        await source.PeekAsync(cancellationToken);
        var read = FormatDetection.Read(source.Available.Span, format);
        if (source.Available.Span.StartsWith("\uFEFF"u8)) source.Consume(3);
        var items = read switch
        {
            TransferFormat.Overmind => OvermindReader.ReadAsync(source, cancellationToken),
            TransferFormat.Openai => OpenaiReader.ReadAsync(source, cancellationToken),
            _ => ChatgptReader.ReadAsync(source, cancellationToken),
        };
        var problems = new List<ImportProblem>();
        var result = new ImportResult { Format = read, Imported = 0, Skipped = 0, Failed = 0, Messages = 0, Problems = problems };
        await foreach (var item in items)
        {
            using var conversation = item.Conversation;
            var (written, problem) = item.Problem is null ? await WriteAsync(claims, item.Conversation!, cancellationToken) : (null, item.Problem);
            if (problem is not null && problems.Count < ImportResult.MostProblems) problems.Add(new ImportProblem(item.Line, item.Name, problem));
            result = problem is not null ? result with { Failed = result.Failed + 1 }
                : written is { } messages ? result with { Imported = result.Imported + 1, Messages = result.Messages + messages }
                : result with { Skipped = result.Skipped + 1 };
            progress?.Invoke(result);
        }

        return result;
    }

    /// <summary>How many messages came in, null where it is there already; or why it could not be.</summary>
    async Task<(int? Written, string? Problem)> WriteAsync(Claims claims, ImportedConversation conversation, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var message in conversation.Messages.OfType<JsonObject>())
                if (message["content"] is JsonValue content && content.TryGetValue<string>(out var text)) ImportedMessage.Checked(text);
            if (conversation.Attachments.Count > 0 && !await store.ExistsAsync(claims, conversation, cancellationToken))
            {
                // Of a conversation that is refused after that they are left unused, and go with those.
                foreach (var attachment in conversation.Attachments)
                    await attachments.ImportAsync(claims, attachment.File, attachment.End(), cancellationToken);
            }

            return (await store.ImportAsync(claims, conversation, cancellationToken), null);
        }
        catch (OvermindException refused)
        {
            return (null, refused.Message);
        }
        catch (TransferException refused)
        {
            return (null, refused.Message);
        }
        // A value that its column does not take, or two rows that cannot both be.
        catch (PostgresException refused) when (refused.SqlState[..2] is "22" or "23" or "2F")
        {
            return (null, PostgresFailure.Translate(refused)?.Message ?? "A value of it cannot be stored.");
        }
    }
}
