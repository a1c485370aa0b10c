using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Overmind.Agents;

/// <summary>The ids of a step's ledger rows.</summary>
static class LedgerIds
{
    /// <summary>
    /// A UUIDv7 of the step's millisecond, so that it lies in the same month's partition; the rest is a digest of step and attempt,
    /// so that reserving an attempt twice is one row.
    /// </summary>
    public static Guid Of(Guid stepId, int attempt)
    {
        Span<byte> source = stackalloc byte[20];
        stepId.TryWriteBytes(source, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(source[16..], attempt);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(source, digest);
        var id = digest[..16];
        source[..6].CopyTo(id);
        id[6] = (byte)(0x70 | (id[6] & 0x0F));
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        return new Guid(id, bigEndian: true);
    }
}
