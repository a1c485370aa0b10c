using System.CommandLine;
using Npgsql;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class StatusCommand
{
    public static Command Create()
    {
        var command = new Command("status", "Say whether the instance runs, and where; exit code 1 when it does not");
        command.SetAction(async (parsed, ct) =>
        {
            var folder = InstanceFolder.Of(parsed);
            if (folder.Running() is not { } running)
            {
                Output.Write(parsed, new { Status = "stopped", Data = folder.Path }, $"No instance runs in {folder.Path}");
                return 1;
            }
            var status = running.Url is null ? "starting" : await AnswersAsync(running.Url, ct) ? "running" : "not answering";
            var database = Describe(running);
            Output.Write(parsed,
                new { Status = status.Replace(' ', '_'), running.Url, running.Process.Pid, running.Version, running.StartedAt, Database = database, Data = folder.Path },
                $"""
                {(running.Url is null ? "Overmind" : running.Url)} is {status}
                process   {running.Process.Pid}, version {running.Version}, since {running.StartedAt:yyyy-MM-dd HH:mm:ss} UTC
                database  {database}
                data      {folder.Path}
                """);
            return status == "not answering" ? 1 : 0;
        });
        return command;
    }

    static async Task<bool> AnswersAsync(string url, CancellationToken ct)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await http.GetAsync(new Uri(new Uri(url), "/health"), ct);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return false;
        }
    }

    static string Describe(InstanceRecord running)
    {
        if (running.DatabaseUrl is null)
            return "starting";
        var named = new NpgsqlConnectionStringBuilder(running.DatabaseUrl);
        return running.Embedded ? $"its own PostgreSQL, socket in {named.Host}" : $"{named.Database} on {named.Host}";
    }
}
