using System.Buffers;
using System.Runtime.CompilerServices;

namespace Overmind.Conversations.Transfers;

/// <summary>A stream line by line; empty lines are passed over, and one that is too long is read past and not kept.</summary>
static class JsonLines
{
    /// <summary>In bytes: 16 MiB.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    public static async IAsyncEnumerable<JsonLine> ReadAsync(ByteSource source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var line = new ArrayBufferWriter<byte>();
        var isTooLong = false;
        var number = 1L;
        while (await source.FillAsync(cancellationToken))
        {
            var end = source.Available.Span.IndexOf((byte)'\n');
            var piece = end < 0 ? source.Available : source.Available[..end];
            isTooLong |= line.WrittenCount + piece.Length > MaxLength;
            if (!isTooLong) line.Write(piece.Span);
            source.Consume(end < 0 ? piece.Length : end + 1);
            if (end < 0) continue;
            if (isTooLong || !IsBlank(line)) yield return new JsonLine(number, isTooLong ? null : line.WrittenSpan.ToArray());
            (isTooLong, number) = (false, number + 1);
            line.ResetWrittenCount();
        }

        if (isTooLong || !IsBlank(line)) yield return new JsonLine(number, isTooLong ? null : line.WrittenSpan.ToArray());
    }

    static bool IsBlank(ArrayBufferWriter<byte> line) => line.WrittenSpan.IndexOfAnyExcept(" \t\r"u8) < 0;
}
