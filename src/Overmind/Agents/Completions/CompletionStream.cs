using Microsoft.Extensions.AI;
using Overmind.Models.Tokens;
using Overmind.Postgres;
using Overmind.Usage;
using Overmind.Usage.Cache;

namespace Overmind.Agents.Completions;

/// <summary>A call in the air, read piece by piece. What goes wrong is kept, so that the call is settled before it is told.</summary>
sealed class CompletionStream(CompletionCall call, CachePolicy? policy, TimeProvider time) : IAsyncDisposable
{
    readonly long _started = time.GetTimestamp();
    readonly AnswerRecorder _recorder = new();
    CachedChatClient? _client;
    IAsyncEnumerator<ChatResponseUpdate>? _pieces;
    CacheLookup? _lookup;
    bool _hasEnded;

    /// <summary>Null while nothing went wrong.</summary>
    public Exception? Failure { get; private set; }

    public ChatResponseUpdate Piece => _pieces!.Current;

    public CacheStatus Cache => (policy, _lookup?.Kind) switch
    {
        (null, _) => CacheStatus.Off,
        (_, CacheHitKind.Exact) => CacheStatus.Hit,
        (_, CacheHitKind.Semantic) => CacheStatus.SemanticHit,
        _ => CacheStatus.Miss,
    };

    /// <summary>Whether there is another piece. The first call makes the call.</summary>
    public async Task<bool> NextAsync(CachedModels models, Claims claims, CancellationToken cancellationToken)
    {
        try
        {
            _client ??= await models.GetAsync(claims, call.Model, policy, question: null, call.Id, lookup => _lookup = lookup, cancellationToken);
            _pieces ??= _client.GetStreamingResponseAsync(call.Messages, call.Options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            if (await _pieces.MoveNextAsync())
            {
                _recorder.Add(_pieces.Current);
                return true;
            }

            _hasEnded = true;
        }
        catch (Exception failure)
        {
            Failure = failure;
        }

        return false;
    }

    /// <summary>What the ledger states. One whose reader went away counts as stopped.</summary>
    public CallUsage Usage()
    {
        var outcome = _hasEnded ? CallOutcome.Succeeded : Failure is null or OperationCanceledException ? CallOutcome.Stopped : CallOutcome.Failed;
        var text = _recorder.Text;
        return CallUsage.Of(outcome, _recorder.Counts, _lookup, time.GetElapsedTime(_started), hasAnswered: text.Length > 0, () => Estimate(outcome, text));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_pieces is not null) await _pieces.DisposeAsync();
        }
        catch (Exception failure)
        {
            Failure ??= failure;
        }
    }

    CallUsage Estimate(CallOutcome outcome, string text) => _client?.IsAsked is true
        ? CallUsage.Estimate(outcome, call.Model, TokenCount.Of(call.Model, call.Messages), text)
        : CallUsage.Nothing with { Outcome = outcome };
}
