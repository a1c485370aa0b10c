namespace Overmind.Cli.Transfers;

/// <summary>No more of a stream than it is said to have.</summary>
sealed class BoundedStream(Stream inner, long length) : ReadOnlyStream
{
    long _left = length;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
        _left -= read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
