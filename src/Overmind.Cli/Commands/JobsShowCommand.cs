using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class JobsShowCommand
{
    static readonly Argument<Guid> Id = new("job") { Description = "Its id" };

    public static Command Create()
    {
        var command = new Command("show", "Show a job with its payload, attempts and errors") { Id, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var job = await InstanceApi.Connect(parsed).Jobs.GetAsync(parsed.GetValue(Id), ct);
            Output.Write(parsed, job, Text(job));
            return 0;
        });
        return command;
    }

    static string Text(Job job)
    {
        var lines = new List<string>
        {
            $"{job.Id}  {job.Kind}  {job.Status}",
            $"  payload    {job.Payload}",
            $"  due        {job.RunAt:yyyy-MM-dd HH:mm:ss}Z, priority {job.Priority}",
            $"  attempts   {job.AttemptCount} of {job.MaxAttempts}",
        };
        if (job.UniqueKey is not null) lines.Add($"  unique     {job.UniqueKey}");
        if (job.Progress is { } progress) lines.Add($"  progress   {progress:P0}");
        if (job.Worker is not null) lines.Add($"  worker     {job.Worker}");
        if (job.CompletedAt is { } at) lines.Add($"  ended      {at:yyyy-MM-dd HH:mm:ss}Z");
        if (job.Result is { } result) lines.Add($"  result     {result}");
        lines.AddRange(job.Errors.EnumerateArray().Select(e => $"  attempt {e.GetProperty("attempt")}  {e.GetProperty("at")}  {e.GetProperty("error")}"));
        return string.Join('\n', lines);
    }
}
