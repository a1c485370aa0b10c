using Microsoft.Extensions.Logging;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Tests.Instances;

public sealed class LogFileTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_log_never_takes_more_than_two_files_of_ten_megabytes()
    {
        var path = Path.Combine(folder, "overmind.log");
        var line = new string('x', 100_000);
        using (var log = new LogFile(path, TimeProvider.System))
            for (var i = 0; i < 350; i++)
                log.Write(LogLevel.Information, "Test", line);

        Directory.GetFiles(folder).Select(Path.GetFileName).ShouldBe(["overmind.log", "overmind.log.1"], ignoreOrder: true);
        foreach (var file in Directory.GetFiles(folder))
            new FileInfo(file).Length.ShouldBeLessThan(11 * 1024 * 1024);
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
