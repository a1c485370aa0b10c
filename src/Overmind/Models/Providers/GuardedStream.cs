namespace Overmind.Models.Providers;

/// <summary>The body of an answer: ends with the call it belongs to, says so when it breaks off, and is no larger than memory can bear.</summary>
sealed class GuardedStream(Stream inner, ProviderFailures failures, CancellationToken call) : Stream
{
    /// <summary>An answer of 10 MB of text is about 40 MB on the wire, in events of a few bytes each ten times as much.</summary>
    const long MaxBytes = 512L * 1024 * 1024;

    long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            // The library's token, where it passes one, ends with the call's.
            return Count(await inner.ReadAsync(buffer, call.CanBeCanceled ? call : cancellationToken));
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            throw failures.Interrupted();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Count(inner.Read(buffer));
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            throw failures.Interrupted();
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    int Count(int read) => (_read += read) <= MaxBytes ? read : throw failures.BadResponse("it does not end");
}
