namespace Overmind.Files;

/// <summary>A content that is stored, or ready to be.</summary>
/// <param name="Sha256">Its SHA-256, 32 bytes.</param>
sealed record FileContent(byte[] Sha256, long SizeBytes)
{
    /// <summary>The size of the pieces in which contents are stored, but for the last: 256 KiB.</summary>
    public const int ChunkBytes = 256 * 1024;

    public int ChunkCount => (int)((SizeBytes + ChunkBytes - 1) / ChunkBytes);
}
