using System.Threading.Channels;
using Overmind.Agents;
using Overmind.Postgres;

namespace Overmind.WebConsole.Agents;

/// <summary>Keeps a run on the page up to date until it ends, over lost connections to the database too.</summary>
/// <param name="dispatch">Runs a change and then renders, on the page's own thread.</param>
public sealed class LiveRun(RunService runs, Claims claims, RunViewModel view, TimeProvider time, Func<Action, Task> dispatch)
{
    /// <summary>The page is rendered at most once in this time: text that streams faster than it can be read costs no more.</summary>
    static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(60);

    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    public RunViewModel View => view;

    /// <summary>True while the events cannot be read; they are tried again.</summary>
    public bool IsInterrupted { get; private set; }

    /// <summary>Returns when the run has ended, or when cancelled.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (view.IsActive && !cancellationToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(cancellationToken);
                // Totals as they were recorded, attempts of repeated calls included.
                var (run, steps) = (await runs.GetAsync(claims, view.Run.Id, cancellationToken), await runs.StepsAsync(claims, view.Run.Id, cancellationToken));
                await dispatch(() => view.Take(run, steps));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception)
            {
                await dispatch(() => IsInterrupted = true);
                await Task.Delay(RetryAfter, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task FollowAsync(CancellationToken cancellationToken)
    {
        var events = Channel.CreateUnbounded<RunEvent>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        var reading = ReadAsync(events.Writer, cancellationToken);
        while (await events.Reader.WaitToReadAsync(cancellationToken))
        {
            await dispatch(() =>
            {
                IsInterrupted = false;
                while (events.Reader.TryRead(out var happened)) view.Apply(happened);
            });
            await Task.Delay(Frame, time, cancellationToken);
        }

        await reading;
    }

    async Task ReadAsync(ChannelWriter<RunEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var happened in runs.EventsAsync(claims, view.Run.Id, view.LastSequence, cancellationToken))
                events.TryWrite(happened);
        }
        finally
        {
            events.TryComplete();
        }
    }
}
