using System.Diagnostics;

namespace Overmind.Testing;

/// <summary>Waits for something that gives no signal.</summary>
public static class Poll
{
    /// <summary>Returns as soon as <paramref name="condition"/> holds.</summary>
    /// <exception cref="TimeoutException">It did not within <paramref name="seconds"/>.</exception>
    public static Task UntilAsync(Func<bool> condition, double seconds = 20) => UntilAsync(() => Task.FromResult(condition()), seconds);

    /// <inheritdoc cref="UntilAsync(Func{bool}, double)"/>
    public static async Task UntilAsync(Func<Task<bool>> condition, double seconds = 20)
    {
        for (var since = Stopwatch.StartNew(); !await condition(); await Task.Delay(10))
            if (since.Elapsed.TotalSeconds > seconds)
                throw new TimeoutException($"what was waited for did not happen within {seconds} s");
    }
}
