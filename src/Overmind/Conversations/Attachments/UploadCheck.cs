using System.Text;
using Overmind.Errors;

namespace Overmind.Conversations.Attachments;

/// <summary>Looks at a file while it comes in: whether it is what is said of it, and allowed.</summary>
sealed class UploadCheck(string? said, IReadOnlyList<string> allowed)
{
    // What stands in no text; tabs, line and page breaks and the escape of terminals' colours do.
    static readonly System.Buffers.SearchValues<char> Controls = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(c => c is not (9 or 10 or 11 or 12 or 13 or 27)).Select(c => (char)c)]);

    readonly Decoder _decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
    readonly char[] _chars = new char[16 * 1024];
    readonly byte[] _start = new byte[MediaTypes.Needed];
    int _length;
    bool _isText = true;
    string? _type;

    /// <summary>What is said of it may not be: known before a byte is read.</summary>
    public void Begin()
    {
        if (said is not null)
            EnsureAllowed(said);
    }

    /// <summary>The next piece. Throws as soon as the file is not what it should be.</summary>
    public void Look(ReadOnlySpan<byte> piece)
    {
        var isDecided = _length == _start.Length;
        var taken = Math.Min(piece.Length, _start.Length - _length);
        piece[..taken].CopyTo(_start.AsSpan(_length));
        _length += taken;
        if (_isText)
            _isText = Decode(piece, flush: false);
        if (!isDecided && _length == _start.Length)
            Decide();
        if (!_isText && _type is not null && MediaTypes.IsText(_type))
            throw Other($"It is sent as {said ?? "nothing in particular"} and is no text in UTF-8.");
    }

    /// <summary>What it is, when all of it is there.</summary>
    public string End()
    {
        if (_type is null)
            Decide();
        if (MediaTypes.IsText(_type!) && !(_isText && Decode([], flush: true)))
            throw Other($"It is sent as {said ?? "nothing in particular"} and is no text in UTF-8.");
        return _type!;
    }

    void Decide()
    {
        var told = MediaTypes.Sniff(_start.AsSpan(0, _length));
        if (said is null)
            _type = told ?? (_isText ? MediaTypes.Text : throw Other("Its first bytes do not say what it is. Say it in Content-Type."));
        else if (told is not null ? told != said : MediaTypes.IsTold(said))
            throw Other($"It is sent as {said}, and its first bytes are {(told is null ? "none of one" : $"those of {told}")}.");
        else
            _type = said;
        EnsureAllowed(_type);
    }

    bool Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        try
        {
            bool completed;
            do
            {
                _decoder.Convert(bytes, _chars, flush, out var used, out var written, out completed);
                if (_chars.AsSpan(0, written).ContainsAny(Controls))
                    return false;
                bytes = bytes[used..];
            }
            while (!completed);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    void EnsureAllowed(string type)
    {
        if (!MediaTypes.IsAllowed(type, allowed))
            throw Other($"The organization takes no attachments of {type}; it takes {string.Join(", ", allowed)}.");
    }

    static OvermindException Other(string detail) => new(ErrorCode.UnsupportedMediaType, detail);
}
