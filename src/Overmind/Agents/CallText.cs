using System.Text;

namespace Overmind.Agents;

/// <summary>The text of a call while it streams in: written by the call, read by the run.</summary>
sealed class CallText(TimeProvider time)
{
    readonly Lock _lock = new();
    readonly StringBuilder _text = new();
    int _taken;
    long _pendingSince;

    public void Append(string text)
    {
        lock (_lock)
        {
            if (_taken == _text.Length) _pendingSince = time.GetTimestamp();
            _text.Append(text);
        }
    }

    /// <summary>All text so far, fit to be stored.</summary>
    public string Whole()
    {
        lock (_lock) return StoredText.Clean(_text.ToString());
    }

    /// <summary>How long the oldest text that was not taken yet has been waiting; null when there is none.</summary>
    public TimeSpan? Age()
    {
        lock (_lock) return _taken < _text.Length ? time.GetElapsedTime(_pendingSince) : null;
    }

    /// <summary>The text that was not taken yet, fit to be stored.</summary>
    public string Take()
    {
        lock (_lock)
        {
            var end = _text.Length;
            // The other half of a surrogate pair comes with the next text.
            if (end > _taken && char.IsHighSurrogate(_text[end - 1])) end--;
            var taken = _text.ToString(_taken, end - _taken);
            _taken = end;
            return StoredText.Clean(taken);
        }
    }
}
