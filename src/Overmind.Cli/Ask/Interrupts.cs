using System.Runtime.InteropServices;

namespace Overmind.Cli.Ask;

/// <summary>
/// Ctrl-C while a run is watched: the first asks the run to stop, the second leaves it to itself. A terminal that closes, or SIGTERM, leaves
/// it at once: the run goes on without its watcher.
/// </summary>
sealed class Interrupts : IDisposable
{
    readonly CancellationTokenSource _first = new();
    readonly CancellationTokenSource _leave = new();
    readonly PosixSignalRegistration[] _registrations;

    public Interrupts() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            if (_first.IsCancellationRequested)
                _leave.Cancel();
            else
                _first.Cancel();
        }),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, LeaveAtOnce),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, LeaveAtOnce),
    ];

    /// <summary>The first Ctrl-C.</summary>
    public CancellationToken First => _first.Token;

    /// <summary>The second one, or another signal.</summary>
    public CancellationToken Leave => _leave.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _first.Dispose();
        _leave.Dispose();
    }

    void LeaveAtOnce(PosixSignalContext context)
    {
        context.Cancel = true;
        _leave.Cancel();
    }
}
