namespace Overmind.Models.Providers;

/// <summary>The time-outs of one call, and the caller's wish to leave, in one token.</summary>
sealed class CallPatience : IDisposable
{
    public static readonly TimeSpan DefaultConnect = TimeSpan.FromSeconds(10);
    static readonly TimeSpan DefaultFirstToken = TimeSpan.FromSeconds(120);
    static readonly TimeSpan DefaultBetweenTokens = TimeSpan.FromSeconds(60);
    static readonly TimeSpan DefaultCall = TimeSpan.FromSeconds(600);

    readonly CancellationToken _caller;
    readonly CancellationTokenSource _whole;
    readonly CancellationTokenSource _piece;
    readonly CancellationTokenSource _stop;
    readonly TimeSpan _firstToken, _betweenTokens, _call;
    bool _begun;

    public CallPatience(ModelProviderSettings settings, TimeProvider time, CancellationToken caller)
    {
        _caller = caller;
        _firstToken = Seconds(settings.FirstTokenTimeout) ?? DefaultFirstToken;
        _betweenTokens = Seconds(settings.BetweenTokensTimeout) ?? DefaultBetweenTokens;
        _call = Seconds(settings.CallTimeout) ?? DefaultCall;
        _whole = new CancellationTokenSource(_call, time);
        _piece = new CancellationTokenSource(_call, time);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(caller, _whole.Token, _piece.Token);
    }

    public CancellationToken Token => _stop.Token;

    /// <summary>Waits for the first token from now on.</summary>
    public void AwaitFirst() => _piece.CancelAfter(_firstToken);

    /// <summary>Waits for the next piece from now on.</summary>
    public void AwaitNext()
    {
        _begun = true;
        _piece.CancelAfter(_betweenTokens);
    }

    /// <summary>Does not wait: the reader has the piece.</summary>
    public void Pause() => _piece.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <summary>Which time-out is over, in words; null when none is.</summary>
    /// <exception cref="OperationCanceledException">It is the caller who left.</exception>
    public string? Exceeded()
    {
        _caller.ThrowIfCancellationRequested();
        return _whole.IsCancellationRequested ? $"it was not done within {_call.TotalSeconds} s (call_timeout)"
            : !_piece.IsCancellationRequested ? null
            : _begun ? $"nothing came for {_betweenTokens.TotalSeconds} s in the middle of its answer (between_tokens_timeout)"
            : $"its first token did not come within {_firstToken.TotalSeconds} s (first_token_timeout)";
    }

    public void Dispose()
    {
        _stop.Dispose();
        _piece.Dispose();
        _whole.Dispose();
    }

    static TimeSpan? Seconds(double? value) => value is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
