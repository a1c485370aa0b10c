namespace Overmind.Cli.Transfers;

/// <summary>Tells how much of a file has been sent: the server reads it as it imports it.</summary>
/// <param name="to">Null: nobody looks.</param>
sealed class ProgressStream(Stream inner, long length, TextWriter? to) : ReadOnlyStream
{
    long _read;
    long _told = -1;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        _read += read;
        if (to is not null && length > 0 && _read * 100 / length is var percent && percent != _told)
        {
            _told = percent;
            await to.WriteAsync(read == 0 || percent == 100 ? "\r      \r" : $"\r{percent,3} % ");
        }

        return read;
    }
}
