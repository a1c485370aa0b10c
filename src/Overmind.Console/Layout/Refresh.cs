namespace Overmind.WebConsole.Layout;

/// <summary>Reads a page's data again while the page is open.</summary>
static class Refresh
{
    /// <summary>Returns when cancelled.</summary>
    /// <param name="read">Reads and renders, on the page's own thread; what goes wrong in it is the page's to show.</param>
    public static async Task EveryAsync(TimeSpan period, TimeProvider time, Func<Task> read, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken)) await read();
        }
        catch (OperationCanceledException)
        {
        }
        catch (ObjectDisposedException)
        {
            // The page was closed while it was read.
        }
    }
}
