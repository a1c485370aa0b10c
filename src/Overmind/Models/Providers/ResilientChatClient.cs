using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Overmind.Errors;

namespace Overmind.Models.Providers;

/// <summary>
/// A model's client with time-outs, retries before the first token, and one kind of exception: <see cref="ModelCallException"/>.
/// Once a token has come, nothing is repeated here: the reader has it, and it is paid for.
/// </summary>
/// <param name="jitter">0 to 1: how much of a wait is waited.</param>
sealed class ResilientChatClient(IChatClient inner, ProviderConnection connection, TimeProvider time, Func<double> jitter) : DelegatingChatClient(inner)
{
    const int DefaultRetries = 2;
    static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    /// <summary>Who asks for more is given up: the caller has better things to do than to wait here.</summary>
    static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(30);

    readonly ProviderFailures _failures = new(connection);

    /// <summary>Some models take no temperature but their own; asked once, the answer is remembered.</summary>
    volatile bool _takesNoTemperature;

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var sent = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        using var patience = new CallPatience(connection.Settings, time, cancellationToken);
        for (var failures = 0; ;)
        {
            ModelCallException failure;
            try
            {
                CallToken.Current = patience.Token;
                var response = await base.GetResponseAsync(sent, Adapted(options), patience.Token);
                RawUsage.Keep(response);
                if (response.FinishReason == ChatFinishReason.ContentFilter) throw _failures.Refused();
                return response;
            }
            catch (Exception e)
            {
                failure = patience.Exceeded() is { } exceeded ? _failures.TimedOut(exceeded) : _failures.Of(e);
            }

            await AgainAsync(failure, failures++, options, patience);
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var sent = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        using var patience = new CallPatience(connection.Settings, time, cancellationToken);
        for (var failures = 0; ;)
        {
            await using var answer = new AnswerStream(base.GetStreamingResponseAsync(sent, Adapted(options), patience.Token), patience, _failures);
            if (await answer.BeginAsync() is { } failure)
            {
                await AgainAsync(failure, failures++, options, patience);
                continue;
            }

            foreach (var update in answer.Beginning) yield return update;
            while (await answer.NextAsync() is { } update) yield return update;
            yield break;
        }
    }

    /// <summary>Waits before the call is made again, or throws the failure when it is not to be.</summary>
    async Task AgainAsync(ModelCallException failure, int failures, ChatOptions? options, CallPatience patience)
    {
        if (failure is { Code: ErrorCode.ModelRequestRejected, Param: "temperature" } && options?.Temperature is not null && !_takesNoTemperature)
        {
            _takesNoTemperature = true;
            return;
        }

        if (!failure.IsPassing || failures >= (connection.Settings.MaxRetries ?? DefaultRetries) || failure.RetryAfter > LongestRetryAfter) throw failure;
        var longest = FirstWait * Math.Pow(2, failures);
        if (longest > LongestWait) longest = LongestWait;
        // Half of it for certain, so that a provider in trouble gets its pause; the rest spreads the callers.
        var wait = (longest / 2) + (longest / 2 * jitter());
        if (failure.RetryAfter > wait) wait = failure.RetryAfter.Value;
        patience.Pause();
        try
        {
            await Task.Delay(wait, time, patience.Token);
        }
        catch (OperationCanceledException) when (patience.Exceeded() is not null)
        {
            throw failure;
        }
    }

    ChatOptions? Adapted(ChatOptions? options)
    {
        if (!_takesNoTemperature || options?.Temperature is null) return options;
        var adapted = options.Clone();
        adapted.Temperature = null;
        return adapted;
    }
}
