using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Overmind.Errors;
using Overmind.Files;
using Overmind.Postgres;

namespace Overmind.Conversations.Transfers;

/// <summary>Gives conversations out as lines of JSON, page by page: what is held at once is a page of messages.</summary>
public sealed class ExportService(TransferStore store, FileStore files, TimeProvider time)
{
    /// <summary>All lines, without their ends: those of the conversations that the caller sees, deleted messages, branches and earlier versions too.</summary>
    /// <param name="conversationId">Only this one; null: all.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ConversationNotFound"/>, at the first line asked for.</exception>
    public async IAsyncEnumerable<string> ExportAsync(Claims claims, Guid? conversationId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentRead);
        if (conversationId is { } id)
        {
            var one = await store.FindAsync(claims, id, cancellationToken) ?? throw new OvermindException(ErrorCode.ConversationNotFound, $"There is no conversation {id}.");
            yield return Head();
            await foreach (var line in LinesAsync(claims, one, cancellationToken)) yield return line;
            yield break;
        }

        yield return Head();
        for (var after = Guid.Empty; ;)
        {
            var page = await store.ConversationsAsync(claims, after, cancellationToken);
            foreach (var conversation in page)
                await foreach (var line in LinesAsync(claims, conversation, cancellationToken)) yield return line;
            if (page.Count < TransferStore.Page) yield break;
            after = page[^1].Id;
        }
    }

    /// <summary>Writes all lines, as UTF-8. The first is read before <paramref name="begin"/>, so that what is not there can still be refused.</summary>
    public async Task WriteAsync(Claims claims, Guid? conversationId, PipeWriter output, Action begin, CancellationToken cancellationToken)
    {
        await using var lines = ExportAsync(claims, conversationId, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var more = await lines.MoveNextAsync();
        begin();
        for (; more; more = await lines.MoveNextAsync()) await output.WriteAsync(Encoding.UTF8.GetBytes(lines.Current + "\n"), cancellationToken);
    }

    async IAsyncEnumerable<string> LinesAsync(Claims claims, (Guid Id, string Row) conversation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Line("conversation", conversation.Row);
        var lines = 0L;
        foreach (var (id, row, content) in await store.AttachmentsAsync(claims, conversation.Id, cancellationToken))
        {
            yield return Line("attachment", row);
            lines += 1 + content.ChunkCount;
            for (var number = 0; number < content.ChunkCount; number++)
            {
                var chunk = await files.ReadAsync(claims, content.Sha256, number, cancellationToken) ?? throw new EndOfStreamException("An attachment was deleted while it was read.");
                yield return Line("attachment.chunk", $$"""{"id":"{{id}}","number":{{number}},"content":"{{Convert.ToBase64String(chunk)}}"}""");
            }
        }

        foreach (var (kind, read) in ((string, Func<long, Task<IReadOnlyList<(long Place, string Row)>>>)[])
        [
            ("branch", after => store.BranchesAsync(claims, conversation.Id, after, cancellationToken)),
            ("message", after => store.MessagesAsync(claims, conversation.Id, after, cancellationToken)),
        ])
        {
            for (var after = 0L; ;)
            {
                var page = await read(after);
                foreach (var (_, row) in page) yield return Line(kind, row);
                lines += page.Count;
                if (page.Count < TransferStore.Page) break;
                after = page[^1].Place;
            }
        }

        foreach (var (_, row) in await store.VersionsAsync(claims, conversation.Id, cancellationToken))
        {
            yield return Line("message.version", row);
            lines++;
        }

        yield return $$"""{"object":"conversation.end","id":"{{conversation.Id}}","lines":{{lines}}}""";
    }

    string Head() => $$"""{"object":"export","version":1,"exported_at":{{JsonSerializer.Serialize(time.GetUtcNow().UtcDateTime)}}}""";

    static string Line(string kind, string row) => $$"""{"object":"{{kind}}","row":{{row}}}""";
}
