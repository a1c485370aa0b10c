using Overmind.Postgres;

namespace Overmind.Files;

/// <summary>Reads contents, or a part of one, piece by piece.</summary>
static class FileReader
{
    /// <summary>The bytes from <paramref name="from"/> on, as many as are wanted.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        this FileStore store, Claims claims, FileContent content, long from, long length,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var at = from; at < from + length;)
        {
            var (number, skipped) = ((int)(at / FileContent.ChunkBytes), (int)(at % FileContent.ChunkBytes));
            var chunk = await store.ReadAsync(claims, content.Sha256, number, cancellationToken) ?? throw new EndOfStreamException("The file was deleted while it was read.");
            var piece = chunk.AsMemory(skipped, (int)Math.Min(chunk.Length - skipped, from + length - at));
            yield return piece;
            at += piece.Length;
        }
    }

    /// <summary>Its first bytes, as many as are wanted and there are.</summary>
    public static async Task<byte[]> ReadBytesAsync(this FileStore store, Claims claims, FileContent content, long most, CancellationToken cancellationToken)
    {
        var bytes = new byte[Math.Min(most, content.SizeBytes)];
        var at = 0;
        await foreach (var piece in store.ReadAsync(claims, content, 0, bytes.Length, cancellationToken))
        {
            piece.CopyTo(bytes.AsMemory(at));
            at += piece.Length;
        }

        return bytes;
    }
}
