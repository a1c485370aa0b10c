using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Overmind.Errors;

namespace Overmind;

/// <summary>
/// Encrypts secrets that the database stores, with keys that are not in the database: AES-256-GCM, bound to what the secret belongs to.
/// What is stored is a version byte, the first four bytes of the key's SHA-256 (which key it was), nonce (12), tag (16) and cipher text.
/// </summary>
public sealed class SecretCipher
{
    /// <summary>The environment variable that holds the keys.</summary>
    public const string Variable = "OVERMIND_ENCRYPTION_KEY";

    const byte Version = 1;
    const int KeyIdBytes = sizeof(uint), NonceBytes = 12, TagBytes = 16, HeaderBytes = 1 + KeyIdBytes + NonceBytes + TagBytes;

    readonly (uint Id, byte[] Key)[] _keys;

    SecretCipher(IEnumerable<byte[]> keys) =>
        _keys = [.. keys.Select(key => (BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(key)), key))];

    /// <summary>Has no key: whoever stores or reads a secret hears what to set.</summary>
    public static SecretCipher None { get; } = new([]);

    /// <summary>
    /// Reads keys as the variable holds them: base64 of 32 bytes; several, separated by commas, while keys rotate. The first encrypts, all decrypt.
    /// </summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.EncryptionUnavailable"/>: it is none; the message says which variable, and not what it holds.</exception>
    public static SecretCipher Parse(string keys) =>
        new(keys.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Key));

    /// <summary>A new key, as <see cref="Parse"/> reads it.</summary>
    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <param name="organizationId">Whose it is; with <paramref name="id"/> it is the associated data, so that it opens in no other row.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.EncryptionUnavailable"/>: there is no key.</exception>
    public byte[] Encrypt(string secret, Guid organizationId, Guid id)
    {
        if (_keys is not [var (keyId, key), ..])
            throw Unavailable($"Secrets cannot be stored without an encryption key. Set {Variable} (in a program of your own: OvermindOptions.EncryptionKey) to the base64 of 32 random bytes and start again.");
        var text = Encoding.UTF8.GetBytes(secret);
        var stored = new byte[HeaderBytes + text.Length];
        stored[0] = Version;
        BinaryPrimitives.WriteUInt32BigEndian(stored.AsSpan(1), keyId);
        var nonce = stored.AsSpan(1 + KeyIdBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, text, stored.AsSpan(HeaderBytes), stored.AsSpan(HeaderBytes - TagBytes, TagBytes), AssociatedData(organizationId, id));
        return stored;
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.EncryptionUnavailable"/>: it was encrypted with another key, or for another row, or was changed.</exception>
    public string Decrypt(byte[] stored, Guid organizationId, Guid id)
    {
        if (stored.Length < HeaderBytes || stored[0] != Version)
            throw Unavailable("The stored secret is of a form that this version does not know. Enter it anew.");
        var keyId = BinaryPrimitives.ReadUInt32BigEndian(stored.AsSpan(1));
        foreach (var (_, key) in _keys.Where(k => k.Id == keyId))
        {
            var text = new byte[stored.Length - HeaderBytes];
            using var aes = new AesGcm(key, TagBytes);
            try
            {
                aes.Decrypt(
                    stored.AsSpan(1 + KeyIdBytes, NonceBytes), stored.AsSpan(HeaderBytes), stored.AsSpan(HeaderBytes - TagBytes, TagBytes),
                    text, AssociatedData(organizationId, id));
                return Encoding.UTF8.GetString(text);
            }
            catch (AuthenticationTagMismatchException changed)
            {
                throw Unavailable("The stored secret does not belong to this row, or was changed. Enter it anew.", changed);
            }
        }

        throw Unavailable(
            $"The stored secret was encrypted with another key than this server has. Set {Variable} to the key it was stored with "
            + "(without the variable: the file encryption-key of the data folder), or enter the secret anew.");
    }

    /// <summary>Whether it is encrypted with the first key.</summary>
    internal bool IsCurrent(byte[] stored) =>
        _keys is [var (first, _), ..] && stored.Length >= HeaderBytes && stored[0] == Version && BinaryPrimitives.ReadUInt32BigEndian(stored.AsSpan(1)) == first;

    /// <summary>The secret encrypted with the first key; null when no key opens it.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.EncryptionUnavailable"/>: there is no key.</exception>
    internal byte[]? TryRenew(byte[] stored, Guid organizationId, Guid id)
    {
        try
        {
            return Encrypt(Decrypt(stored, organizationId, id), organizationId, id);
        }
        catch (OvermindException) when (_keys.Length > 0)
        {
            return null;
        }
    }

    static byte[] Key(string text)
    {
        var key = new byte[33];
        return Convert.TryFromBase64String(text, key, out var length) && length == 32
            ? key[..32]
            : throw Unavailable($"{Variable} is not the base64 of 32 bytes. Make a key with `openssl rand -base64 32`.");
    }

    static OvermindException Unavailable(string detail, Exception? inner = null) => new(ErrorCode.EncryptionUnavailable, detail, inner: inner);

    static byte[] AssociatedData(Guid organizationId, Guid id) => [.. organizationId.ToByteArray(bigEndian: true), .. id.ToByteArray(bigEndian: true)];
}
