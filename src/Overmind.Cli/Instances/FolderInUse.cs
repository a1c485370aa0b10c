using System.Diagnostics;

namespace Overmind.Cli.Instances;

/// <summary>Waiting for a data folder that another process uses: an instance that starts, or a verb that has the cluster for a moment.</summary>
static class FolderInUse
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), Poll = TimeSpan.FromMilliseconds(200), Silence = TimeSpan.FromSeconds(2);

    /// <summary>What <paramref name="tryOpen"/> gives once it is not null.</summary>
    /// <exception cref="CliException"><c>folder_in_use</c>, after 30 s.</exception>
    public static async Task<T> WaitAsync<T>(InstanceFolder folder, Func<Task<T?>> tryOpen, CancellationToken ct)
        where T : class
    {
        var waited = Stopwatch.StartNew();
        var told = false;
        while (true)
        {
            if (await tryOpen() is { } opened)
                return opened;
            if (waited.Elapsed > Patience)
                throw new CliException("folder_in_use", $"another process uses {folder.Path}", "end it, or choose another folder with --data");
            if (!told && waited.Elapsed > Silence)
            {
                Console.Error.WriteLine($"Waiting for another process that uses {folder.Path}");
                told = true;
            }
            await Task.Delay(Poll, ct);
        }
    }
}
