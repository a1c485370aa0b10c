namespace Overmind.Conversations.Transfers;

/// <summary>A stream of which the beginning can be looked at before it is read.</summary>
sealed class ByteSource(Stream stream)
{
    readonly byte[] _buffer = new byte[64 * 1024];
    int _from;
    int _to;

    public ReadOnlyMemory<byte> Available => _buffer.AsMemory(_from, _to - _from);

    public void Consume(int count) => _from += count;

    /// <summary>Reads more when there is nothing left; false at the end.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_from < _to) return true;
        (_from, _to) = (0, await stream.ReadAsync(_buffer, cancellationToken));
        return _to > 0;
    }

    /// <summary>Reads until some of it, at most 64 KiB, is there to look at.</summary>
    public async ValueTask PeekAsync(CancellationToken cancellationToken)
    {
        while (_to < _buffer.Length && await stream.ReadAsync(_buffer.AsMemory(_to), cancellationToken) is > 0 and var read) _to += read;
    }
}
