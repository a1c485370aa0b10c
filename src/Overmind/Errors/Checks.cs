using System.Text;

namespace Overmind.Errors;

/// <summary>Collects what is wrong with a request, so that the caller hears of all of it at once.</summary>
struct Checks
{
    Dictionary<string, string>? _errors;
    ErrorCode _code;

    /// <summary>Notes an error of a member unless the value is as it should be.</summary>
    public void Require(bool valid, string param, string detail, ErrorCode code = ErrorCode.InvalidValue)
    {
        if (valid)
            return;
        if (_errors is null)
            (_errors, _code) = (new(StringComparer.Ordinal), code);
        _errors.TryAdd(param, detail);
    }

    /// <summary>A text of <paramref name="min"/> to <paramref name="max"/> characters (code points, as PostgreSQL counts) that can be stored.</summary>
    public void Text(string param, string? text, int min, int max)
    {
        if (text is null)
            return;
        Storable(param, text);
        var length = text.Length <= max ? text.Length : text.EnumerateRunes().Count();
        Require(length >= min && length <= max, param, $"{param} has {min} to {max} characters, not {length}.");
    }

    /// <summary>PostgreSQL stores every text but one with NUL, and UTF-8 has no half surrogate pairs.</summary>
    public void Storable(string param, string text)
    {
        Require(!text.Contains('\0'), param, $"{param} holds the character NUL (U+0000), which cannot be stored.", ErrorCode.InvalidText);
        Require(!HasLoneSurrogate(text), param, $"{param} holds half of a surrogate pair, which is not a character.", ErrorCode.InvalidText);
    }

    /// <summary>At most 16 pairs, names of 64 and values of 512 characters.</summary>
    public void Metadata(string param, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null)
            return;
        Require(metadata.Count <= 16, param, $"{param} has at most 16 pairs, not {metadata.Count}.");
        foreach (var (name, value) in metadata)
        {
            Text(param, name, 1, 64);
            Text($"{param}.{name}", value, 0, 512);
        }
    }

    /// <exception cref="OvermindException">Anything was wrong.</exception>
    public readonly void ThrowIfAny()
    {
        if (_errors is null)
            return;
        var first = _errors.First();
        throw new OvermindException(_code, first.Value, first.Key) { Errors = _errors };
    }

    static bool HasLoneSurrogate(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return true;
            i++;
        }
        return false;
    }
}
