using System.Buffers;
using System.Runtime.CompilerServices;

namespace Overmind.Conversations.Transfers;

/// <summary>The elements of a JSON array that is too large to be read at once. Where one ends is found by its brackets; what is in them is for others to read.</summary>
static class JsonElements
{
    /// <summary>In bytes: 64 MiB.</summary>
    public const int MaxLength = 64 * 1024 * 1024;

    /// <summary>Null, as the last: it is cut off, or longer than an element may be.</summary>
    public static async IAsyncEnumerable<byte[]?> ReadAsync(ByteSource source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var scan = new Scan();
        while (await source.FillAsync(cancellationToken))
        {
            var (read, ended) = scan.Take(source.Available.Span);
            source.Consume(read);
            if (ended) yield return scan.Element();
            if (scan.IsTooLong || scan.HasClosed) break;
        }

        if (!scan.HasClosed) yield return null;
    }

    sealed class Scan
    {
        static readonly SearchValues<byte> Between = SearchValues.Create(" \t\r\n[,"u8);

        readonly ArrayBufferWriter<byte> _element = new();
        int _depth;
        bool _isInText;
        bool _isEscaped;
        bool _hasOpened;

        public bool IsTooLong => _element.WrittenCount > MaxLength;

        /// <summary>The array has ended.</summary>
        public bool HasClosed { get; private set; }

        public byte[] Element()
        {
            var element = _element.WrittenSpan.ToArray();
            _element.ResetWrittenCount();
            return element;
        }

        /// <summary>How many bytes were read, and whether an element ends with them.</summary>
        public (int Read, bool Ended) Take(ReadOnlySpan<byte> bytes)
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                var (before, wasIn) = (_depth, _isInText);
                Step(bytes[i]);
                // Depth 1 is within the array; what stands between its elements belongs to none.
                if (before >= 2 || _depth >= 2 || (wasIn && before == 1)) continue;
                if (before == 1 && _depth == 0) HasClosed = true;
                if (!HasClosed && bytes[i] != ',') continue;
                Keep(bytes[..i]);
                return (i + 1, _element.WrittenSpan.IndexOfAnyExcept(Between) >= 0);
            }

            Keep(bytes);
            return (bytes.Length, false);
        }

        void Step(byte one)
        {
            if (_isInText)
            {
                (_isInText, _isEscaped) = _isEscaped ? (true, false) : one == '\\' ? (true, true) : (one != '"', false);
                return;
            }

            if (one == '"') _isInText = true;
            else if (one is (byte)'{' or (byte)'[') _depth++;
            else if (one is (byte)'}' or (byte)']') _depth--;
        }

        void Keep(ReadOnlySpan<byte> bytes)
        {
            // The bracket that opens the array is none of its first element.
            if (_element.WrittenCount == 0 && bytes.TrimStart(" \t\r\n"u8) is var trimmed && !_hasOpened && trimmed.Length > 0 && trimmed[0] == '[')
            {
                _hasOpened = true;
                bytes = trimmed[1..];
            }

            _element.Write(bytes);
        }
    }
}
