using System.Security.Cryptography;
using System.Text;

namespace Overmind.Conversations.Transfers;

/// <summary>Ids of what had others elsewhere: a UUIDv7 of the time it was made, its rest from what it was called, so that importing it twice gives the same.</summary>
static class SourceIds
{
    /// <param name="made">Null: nobody knows, and the id stands before all others.</param>
    public static Guid Of(DateTimeOffset? made, params ReadOnlySpan<string> names)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', names)));
        var id = Guid.CreateVersion7(made is { } time && time > DateTimeOffset.UnixEpoch ? time : DateTimeOffset.UnixEpoch).ToByteArray(bigEndian: true);
        for (var i = 6; i < id.Length; i++) id[i] = i switch
        {
            6 => (byte)(0x70 | (hash[i] & 0x0F)),
            8 => (byte)(0x80 | (hash[i] & 0x3F)),
            _ => hash[i],
        };
        return new Guid(id, bigEndian: true);
    }
}
