using Microsoft.Extensions.AI;

namespace Overmind.Models.Providers;

/// <summary>One attempt at a streamed answer. Its beginning is held back until the first token, so that an attempt that fails before it leaves no trace.</summary>
sealed class AnswerStream(IAsyncEnumerable<ChatResponseUpdate> updates, CallPatience patience, ProviderFailures failures) : IAsyncDisposable
{
    readonly IAsyncEnumerator<ChatResponseUpdate> _updates = updates.GetAsyncEnumerator(patience.Token);
    readonly RawUsage _usage = new();
    bool _spoken;
    bool _finished;
    bool _filtered;

    /// <summary>What came up to the first token, and with it.</summary>
    public List<ChatResponseUpdate> Beginning { get; } = [];

    /// <summary>Reads up to the first token; the failure when there is none to come.</summary>
    public async Task<ModelCallException?> BeginAsync()
    {
        patience.AwaitFirst();
        try
        {
            while (!_spoken)
            {
                if (await ReadAsync() is not { } update) break;
                Beginning.Add(update);
            }
        }
        catch (ModelCallException failure)
        {
            return failure;
        }

        patience.Pause();
        return _spoken || _finished && !_filtered ? null : _filtered ? failures.Refused() : failures.Interrupted();
    }

    /// <summary>The next piece; null at the end.</summary>
    /// <exception cref="ModelCallException">It broke off.</exception>
    public async Task<ChatResponseUpdate?> NextAsync()
    {
        patience.AwaitNext();
        try
        {
            if (await ReadAsync() is { } update)
            {
                // The reader's time is not the provider's.
                patience.Pause();
                return update;
            }
        }
        catch (ModelCallException failure)
        {
            throw failure.AfterTokens();
        }

        // A connection that is closed in order by something between looks like an end. What a filter left is no whole answer either.
        return _finished && !_filtered ? null : throw (_filtered ? failures.Refused() : failures.Interrupted()).AfterTokens();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _updates.DisposeAsync();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Of a call that has failed already, or that nobody reads any more.
        }
    }

    async Task<ChatResponseUpdate?> ReadAsync()
    {
        try
        {
            CallToken.Current = patience.Token;
            if (!await _updates.MoveNextAsync())
                // A library may end quietly when it is cancelled.
                return patience.Exceeded() is { } quiet ? throw failures.TimedOut(quiet) : null;
        }
        catch (Exception e) when (e is not ModelCallException)
        {
            throw patience.Exceeded() is { } exceeded ? failures.TimedOut(exceeded) : failures.Of(e);
        }

        var update = _updates.Current;
        _usage.Keep(update);
        _spoken |= update.Contents.Any(c => c is TextContent { Text.Length: > 0 } or TextReasoningContent { Text.Length: > 0 } or FunctionCallContent)
            // The library holds a call of a tool back until it is whole; who reads it as it comes has its beginning by then.
            || update.RawRepresentation is OpenAI.Chat.StreamingChatCompletionUpdate { ToolCallUpdates.Count: > 0 };
        _finished |= update.FinishReason is not null;
        _filtered |= update.FinishReason == ChatFinishReason.ContentFilter;
        return update;
    }
}
