using Overmind.Postgres.Embedded;
using Overmind.Testing;

namespace Overmind.Cli.Tests;

/// <summary>The data folder of one test's instance, removed with it.</summary>
sealed class TemporaryInstance : IAsyncDisposable
{
    public string Data { get; } = TemporaryFolder.Create();

    public async ValueTask DisposeAsync() => (await EmbeddedPostgres.RemoveAsync(Data)).ShouldBeTrue("the instance still runs");

    public async Task<string> PsqlAsync(string sql)
    {
        var psql = await OvermindProcess.RunAsync("psql", "--data", Data, "--", "-Atc", sql);
        psql.ExitCode.ShouldBe(0, psql.Errors);
        return psql.Output;
    }

    /// <summary>What the cluster's pid file names, null when there is none.</summary>
    public int? Postmaster()
    {
        var file = Path.Combine(Data, "postgres", "postmaster.pid");
        return File.Exists(file) && int.TryParse(File.ReadLines(file).FirstOrDefault(), out var pid) ? pid : null;
    }
}
