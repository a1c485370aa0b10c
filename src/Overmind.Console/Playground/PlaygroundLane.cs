using Overmind.Agents;
using Overmind.Models;

namespace Overmind.WebConsole.Playground;

/// <summary>One model's answer beside the others.</summary>
public sealed class PlaygroundLane(ModelReference model) : IDisposable
{
    CancellationTokenSource? stop;

    public ModelReference Model { get; } = model;

    public bool IsOffline => Model.Provider == ModelReference.Offline.Provider;

    /// <summary>What has come so far.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Null until the call has ended.</summary>
    public PlaygroundResult? Result { get; private set; }

    /// <summary>Why there is no whole answer; null: there is one, or none was asked for.</summary>
    public string? Error { get; private set; }

    public bool IsRunning => stop is not null;

    /// <summary>When the call began; for the time that counts on.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>A new call; what was there is gone.</summary>
    public CancellationToken Begin(DateTimeOffset now, CancellationToken page)
    {
        (Text, Result, Error, StartedAt) = ("", null, null, now);
        stop = CancellationTokenSource.CreateLinkedTokenSource(page);
        return stop.Token;
    }

    public void Take(PlaygroundUpdate update)
    {
        Text += update.Text;
        if (update.Result is null) return;
        (Result, Error) = (update.Result, update.Result.Error);
    }

    public void Refuse(string why) => Error = why;

    public void End()
    {
        stop?.Dispose();
        stop = null;
    }

    public void Stop() => stop?.Cancel();

    public void Dispose()
    {
        Stop();
        End();
    }
}
