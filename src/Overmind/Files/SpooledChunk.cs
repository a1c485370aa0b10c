using Microsoft.Win32.SafeHandles;

namespace Overmind.Files;

/// <summary>A part of a file as a stream of its own, to be sent as a value without holding it in memory.</summary>
sealed class SpooledChunk(SafeFileHandle file, long from, long length) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer) => Passed(RandomAccess.Read(file, buffer[..Left(buffer.Length)], from + Position));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Passed(await RandomAccess.ReadAsync(file, buffer[..Left(buffer.Length)], from + Position, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    int Left(int wanted) => (int)Math.Min(wanted, length - Position);

    int Passed(int read)
    {
        Position += read;
        return read;
    }
}
