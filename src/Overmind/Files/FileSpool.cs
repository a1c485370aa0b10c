using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Overmind.Files;

/// <summary>
/// A file that comes in: hashed while it does, and kept in a temporary file of this node until all of it is there, so that a sender who is slow or goes away costs
/// the database nothing. The temporary file has no name any more once it is open; it goes with the process.
/// </summary>
sealed class FileSpool : IDisposable
{
    readonly SafeFileHandle _file = Open();
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    long _size;

    /// <summary>Known when all of it is there.</summary>
    public FileContent Content { get; private set; } = new([], 0);

    /// <summary>Takes all of a stream in.</summary>
    /// <param name="mostBytes">What is longer is not read further.</param>
    /// <param name="look">Is shown each piece in its order; may throw to refuse it.</param>
    /// <returns>Null when it is longer than <paramref name="mostBytes"/>.</returns>
    public static async Task<FileSpool?> ReadAsync(Stream stream, long mostBytes, Action<ReadOnlySpan<byte>> look, CancellationToken cancellationToken)
    {
        var spool = new FileSpool();
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        var isWhole = false;
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                if (spool._size + read > mostBytes)
                    return null;
                look(buffer.AsSpan(0, read));
                spool.Append(buffer.AsSpan(0, read));
            }

            spool.End();
            isWhole = true;
            return spool;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            if (!isWhole)
                spool.Dispose();
        }
    }

    /// <summary>Takes a piece in.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        _hash.AppendData(piece);
        RandomAccess.Write(_file, piece, _size);
        _size += piece.Length;
    }

    /// <summary>All of it is there.</summary>
    public void End() => Content = new FileContent(_hash.GetHashAndReset(), _size);

    /// <summary>A piece of it, by its number from 0; it is read when it is sent.</summary>
    public Stream Chunk(int number)
    {
        var from = (long)number * FileContent.ChunkBytes;
        return new SpooledChunk(_file, from, Math.Min(FileContent.ChunkBytes, Content.SizeBytes - from));
    }

    public void Dispose()
    {
        _hash.Dispose();
        _file.Dispose();
    }

    static SafeFileHandle Open()
    {
        var path = Path.Combine(Path.GetTempPath(), $"overmind-{Guid.CreateVersion7():N}");
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        if (OperatingSystem.IsWindows())
            return file;
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Delete(path);
        return file;
    }
}
