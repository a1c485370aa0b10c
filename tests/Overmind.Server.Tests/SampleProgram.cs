using System.Diagnostics;

namespace Overmind.Server.Tests;

/// <summary>samples/EmbeddedLibrary as a process of its own.</summary>
sealed class SampleProgram : IDisposable
{
    const string Announcement = "Now listening on: ";

    readonly Process process;

    SampleProgram(Process started, Uri url) => (process, Url) = (started, url);

    public Uri Url { get; }

    public static async Task<SampleProgram> StartAsync(string database)
    {
        var started = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "EmbeddedLibrary"), ["--urls", "http://127.0.0.1:0"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
            Environment = { ["DATABASE_URL"] = database },
        })!;
        var told = new List<string>();
        while (await started.StandardOutput.ReadLineAsync() is { } line)
        {
            told.Add(line);
            if (line.IndexOf(Announcement, StringComparison.Ordinal) is >= 0 and var at)
            {
                // What it logs is read on, so that it never waits for a reader.
                _ = started.StandardOutput.ReadToEndAsync();
                return new SampleProgram(started, new Uri(line[(at + Announcement.Length)..].Trim()));
            }
        }
        throw new InvalidOperationException($"The sample did not start: {string.Join('\n', told)}");
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
