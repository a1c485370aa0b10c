namespace Overmind.Server;

/// <summary>Leaves signals to the program around the server, which has more to stop than the server.</summary>
sealed class CallersLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
