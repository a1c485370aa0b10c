using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Overmind.Jobs;

namespace Overmind.CrashHost;

/// <summary>Takes memory that no collector gives back, as a native library may.</summary>
[Job("crash.flood")]
sealed class FloodHandler : JobHandler<JsonObject>
{
    const int MaxMegabytes = 4096;

    public override async Task HandleAsync(JsonObject payload, JobContext context, CancellationToken cancellationToken)
    {
        var touched = new byte[1024 * 1024];
        Array.Fill(touched, (byte)1);
        for (var megabytes = 0; megabytes < MaxMegabytes; megabytes++)
        {
            Marshal.Copy(touched, 0, Marshal.AllocHGlobal(touched.Length), touched.Length);
            // Slowly enough to be seen before the machine has none left.
            if (megabytes % 16 == 0) await Task.Delay(10, cancellationToken);
        }

        throw new InvalidOperationException("Nobody has ended this process.");
    }
}
