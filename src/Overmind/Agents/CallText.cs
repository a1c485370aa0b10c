using System.Text;

namespace Overmind.Agents;

/// <summary>The text of a call while it streams in: written by the call, read by the run.</summary>
sealed class CallText(TimeProvider time)
{
    readonly Lock _lock = new();
    readonly StringBuilder _text = new();
    int _taken;
    long _pendingSince;
    bool _isTold;
    bool _isBeginning;

    /// <summary>What can be taken ends before half of a surrogate pair: the other half comes with the next text.</summary>
    int End => _text.Length > 0 && char.IsHighSurrogate(_text[^1]) ? _text.Length - 1 : _text.Length;

    public void Append(string text)
    {
        lock (_lock)
        {
            if (_taken == End) _pendingSince = time.GetTimestamp();
            _text.Append(text);
        }
    }

    /// <summary>All text so far, fit to be stored.</summary>
    public string Whole()
    {
        lock (_lock) return StoredText.Clean(_text.ToString());
    }

    /// <summary>How long the oldest text that can be taken has been waiting; null when there is none.</summary>
    public TimeSpan? Age()
    {
        lock (_lock) return _taken < End ? time.GetElapsedTime(_pendingSince) : null;
    }

    /// <summary>The call has to wait for more. True when there is text to take of which nobody was told.</summary>
    public bool Pause()
    {
        lock (_lock)
        {
            if (_isTold || _taken == End) return false;
            _isBeginning = _taken == 0;
            return _isTold = true;
        }
    }

    /// <summary>True while the answer's beginning waits to be taken, which is to be at once.</summary>
    public bool IsBeginning()
    {
        lock (_lock) return _isBeginning;
    }

    /// <summary>The text that was not taken yet, fit to be stored.</summary>
    public string Take()
    {
        lock (_lock)
        {
            var taken = _text.ToString(_taken, End - _taken);
            _taken = End;
            _isTold = _isBeginning = false;
            return StoredText.Clean(taken);
        }
    }
}
