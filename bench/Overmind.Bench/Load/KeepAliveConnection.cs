using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Overmind.Bench.Load;

/// <summary>One HTTP/1.1 connection that is kept open: sends a request, reads the whole response, returns its status.</summary>
sealed class KeepAliveConnection : IDisposable
{
    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    byte[] _buffer = new byte[256 * 1024];
    int _filled;
    int _bodyStart;

    public KeepAliveConnection(string host, int port) => _socket.Connect(IPAddress.Parse(host), port);

    public int Send(ReadOnlySpan<byte> request)
    {
        while (!request.IsEmpty)
            request = request[_socket.Send(request)..];
        _filled = 0;
        int headerEnd;
        while ((headerEnd = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
            Fill();
        _bodyStart = headerEnd + 4;
        var header = _buffer.AsSpan(0, headerEnd + 2);
        var status = Number(header["HTTP/1.1 ".Length..]);
        if (ContentLength(header) is { } length)
            FillTo(_bodyStart + length);
        else
            ReadChunks();
        return status;
    }

    public string LastBody() => Encoding.UTF8.GetString(_buffer, _bodyStart, Math.Min(_filled - _bodyStart, 500));

    public void Dispose() => _socket.Dispose();

    static int? ContentLength(ReadOnlySpan<byte> header)
    {
        var name = "\r\nContent-Length: "u8;
        var at = header.IndexOf(name);
        // Node's frameworks write names in lower case.
        if (at < 0) at = header.IndexOf("\r\ncontent-length: "u8);
        return at < 0 ? null : Number(header[(at + name.Length)..]);
    }

    static int Number(ReadOnlySpan<byte> text, char format = 'G') =>
        Utf8Parser.TryParse(text, out int number, out _, format) ? number : throw new IOException("The server sent no HTTP/1.1 response.");

    // RFC 9112, section 7.1: size in hexadecimal, CRLF, that many bytes, CRLF; the last has size 0.
    void ReadChunks()
    {
        for (var position = _bodyStart; ;)
        {
            int lineEnd;
            while ((lineEnd = _buffer.AsSpan(position, _filled - position).IndexOf("\r\n"u8)) < 0)
                Fill();
            var size = Number(_buffer.AsSpan(position, lineEnd), 'x');
            position += lineEnd + 2 + size + 2;
            FillTo(position);
            if (size == 0)
                return;
        }
    }

    void FillTo(int length)
    {
        while (_filled < length)
            Fill();
    }

    void Fill()
    {
        if (_filled == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = _socket.Receive(_buffer.AsSpan(_filled));
        if (read == 0)
            throw new IOException("The server closed the connection.");
        _filled += read;
    }
}
