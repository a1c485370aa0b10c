using System.Runtime.CompilerServices;
using System.Text.Json;
using Overmind.Postgres;

namespace Overmind.Memory;

/// <summary>Gives memories out as lines of JSON, page by page.</summary>
public sealed class MemoryExportService(MemoryTransferStore store, TimeProvider time)
{
    /// <summary>All lines, without their ends: a head, then a line for each memory that the caller sees, with its earlier versions.</summary>
    public async IAsyncEnumerable<string> ExportAsync(Claims claims, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentRead);
        yield return $$"""{"object":"export","version":1,"exported_at":{{JsonSerializer.Serialize(time.GetUtcNow().UtcDateTime)}}}""";
        for (var before = Guid.AllBitsSet; ;)
        {
            var page = await store.RowsAsync(claims, before, cancellationToken);
            foreach (var (_, row, versions) in page)
                yield return $$"""{"object":"memory","row":{{row}},"versions":{{versions}}}""";
            if (page.Count < MemoryTransferStore.Page) yield break;
            before = page[^1].Id;
        }
    }
}
