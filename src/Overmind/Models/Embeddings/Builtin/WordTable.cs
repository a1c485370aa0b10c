using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Overmind.Models.Embeddings.Builtin;

/// <summary>
/// Vectors of the commonest English words, made by <c>eng/embeddings</c>. A row is 100 signed bytes and a scale, which holds the word's weight in
/// a text as well; words are known by their hash alone. The file, little-endian: magic (8 bytes), version, count, dimensions (4 each), then of all
/// words, commonest first, the hashes (4), scales (4), weights (4) and rows.
/// </summary>
sealed class WordTable
{
    const int Header = 20;

    static readonly Lazy<WordTable> _shared = new(ReadResource);

    readonly byte[] _bytes;
    readonly int _count;

    // Open addressing; an entry is a row's number plus one. At most half of it is filled.
    readonly int[] _slots;

    WordTable(byte[] bytes)
    {
        _bytes = bytes;
        Version = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8)).ToString("x8");
        _count = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(12));
        Dimensions = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(16));
        _slots = Index(Hashes);
    }

    /// <summary>The one that comes with the library; read once, on first use.</summary>
    public static WordTable Shared => _shared.Value;

    public static ReadOnlySpan<byte> Magic => "OVWORDS1"u8;

    /// <summary>Eight hexadecimal digits: a digest of the rows.</summary>
    public string Version { get; }

    public int Dimensions { get; }

    public int Count => _count;

    /// <summary>In bytes.</summary>
    public int Size => _bytes.Length;

    ReadOnlySpan<uint> Hashes => MemoryMarshal.Cast<byte, uint>(_bytes.AsSpan(Header, _count * 4));

    ReadOnlySpan<float> Scales => MemoryMarshal.Cast<byte, float>(_bytes.AsSpan(Header + (_count * 4), _count * 4));

    ReadOnlySpan<float> Weights => MemoryMarshal.Cast<byte, float>(_bytes.AsSpan(Header + (_count * 8), _count * 4));

    /// <exception cref="InvalidDataException">The bytes are no table.</exception>
    public static WordTable Read(byte[] bytes)
    {
        if (bytes.Length < Header || !bytes.AsSpan().StartsWith(Magic)) throw new InvalidDataException("This is no table of word vectors.");
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(12));
        var dimensions = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(16));
        if (count < 0 || dimensions < 1 || bytes.LongLength != Header + ((long)count * (12 + dimensions)))
            throw new InvalidDataException("The table of word vectors is cut off.");
        return new WordTable(bytes);
    }

    /// <summary>The row of a word by its hash, or -1. That an unknown word has the hash of a known one happens once in 50,000.</summary>
    public int Find(uint hash)
    {
        var hashes = Hashes;
        for (var slot = (int)(hash & (uint)(_slots.Length - 1)); _slots[slot] > 0; slot = (slot + 1) & (_slots.Length - 1))
            if (hashes[_slots[slot] - 1] == hash) return _slots[slot] - 1;
        return -1;
    }

    /// <summary>How much the word says in a text: near 1 when it is rare, near 0 when it is in every one.</summary>
    public float WeightOf(int row) => Weights[row];

    /// <summary>Adds the word's vector, weighted. Element by element and unfused, so that every processor gives the same bits.</summary>
    /// <param name="scratch">As long as the vector.</param>
    public void AddTo(Span<float> sum, int row, Span<float> scratch)
    {
        var bytes = MemoryMarshal.Cast<byte, sbyte>(_bytes.AsSpan(Header + (_count * 12) + (row * Dimensions), Dimensions));
        TensorPrimitives.ConvertTruncating(bytes, scratch);
        TensorPrimitives.MultiplyAdd(scratch, Scales[row], sum, sum);
    }

    static int[] Index(ReadOnlySpan<uint> hashes)
    {
        var slots = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(hashes.Length, 1)) * 2];
        for (var row = 0; row < hashes.Length; row++)
        {
            var slot = (int)(hashes[row] & (uint)(slots.Length - 1));
            while (slots[slot] > 0) slot = (slot + 1) & (slots.Length - 1);
            slots[slot] = row + 1;
        }

        return slots;
    }

    static WordTable ReadResource()
    {
        using var stream = typeof(WordTable).Assembly.GetManifestResourceStream("word-vectors.bin")
            ?? throw new InvalidOperationException("The library was built without its table of word vectors.");
        var bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length);
        stream.ReadExactly(bytes);
        return Read(bytes);
    }
}
