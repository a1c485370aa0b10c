namespace Overmind.Models.Embeddings.Builtin;

/// <summary>FNV-1a, 32 bits, over UTF-16, without an allocation. The word table is ordered by it, so it never changes.</summary>
static class FeatureHash
{
    const uint Offset = 2166136261;
    const uint Prime = 16777619;

    public static uint Of(ReadOnlySpan<char> text, uint seed = Offset)
    {
        var hash = seed;
        foreach (var c in text)
        {
            hash = (hash ^ (byte)c) * Prime;
            hash = (hash ^ (byte)(c >> 8)) * Prime;
        }

        return Mixed(hash);
    }

    // The high bits of FNV hardly change between short words; this is the end of MurmurHash3.
    static uint Mixed(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }
}
