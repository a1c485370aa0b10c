using Npgsql;

namespace Overmind.Postgres;

/// <summary>
/// Writes of one key that come while an earlier one is under way go together when it has ended, as one transaction. Nobody waits for others to come; and the more
/// there are, the less each costs: a round trip, a commit, and what a statement costs besides its rows.
/// </summary>
/// <param name="write">Writes them; returns a result for each, in their order.</param>
sealed class GatheredWrites<TKey, TItem, TResult>(Func<TKey, IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> write)
    where TKey : notnull
{
    /// <summary>So many go in one transaction at most: the first of them need not wait long for the last.</summary>
    internal const int Most = 32;

    readonly Lock _lock = new();

    /// <summary>Who waits, by the keys of which something is written.</summary>
    readonly Dictionary<TKey, Queue<Waiting>> _lanes = [];

    /// <summary>Cannot be cancelled: others may have gone with it.</summary>
    public Task<TResult> WriteAsync(TKey key, TItem item)
    {
        lock (_lock)
        {
            if (_lanes.TryGetValue(key, out var lane))
            {
                var waiting = new Waiting(item);
                lane.Enqueue(waiting);
                return waiting.Task;
            }

            _lanes.Add(key, []);
        }

        return WriteFirstAsync(key, item);
    }

    async Task<TResult> WriteFirstAsync(TKey key, TItem item)
    {
        try
        {
            return (await write(key, [item]))[0];
        }
        finally
        {
            if (Next(key) is { } next)
                // What they do is not the first one's: nothing of its context goes with them.
                ThreadPool.UnsafeQueueUserWorkItem(_ => _ = GoOnAsync(key, next), null);
        }
    }

    async Task GoOnAsync(TKey key, List<Waiting>? next)
    {
        for (; next is not null; next = Next(key))
            await WriteTogetherAsync(key, next);
    }

    List<Waiting>? Next(TKey key)
    {
        lock (_lock)
        {
            var lane = _lanes[key];
            if (lane.Count == 0)
            {
                _lanes.Remove(key);
                return null;
            }

            var next = new List<Waiting>();
            while (next.Count < Most && lane.TryDequeue(out var waiting)) next.Add(waiting);
            return next;
        }
    }

    /// <summary>What PostgreSQL refuses of several is tried one by one: it was the fault of one, or is each one's own.</summary>
    async Task WriteTogetherAsync(TKey key, List<Waiting> together)
    {
        try
        {
            var results = await write(key, [.. together.Select(waiting => waiting.Item)]);
            foreach (var (waiting, result) in together.Zip(results)) waiting.SetResult(result);
        }
        catch (PostgresException) when (together.Count > 1)
        {
            foreach (var waiting in together) await WriteTogetherAsync(key, [waiting]);
        }
        catch (Exception failure)
        {
            foreach (var waiting in together) waiting.SetException(failure);
        }
    }

    sealed class Waiting(TItem item) : TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public TItem Item => item;
    }
}
