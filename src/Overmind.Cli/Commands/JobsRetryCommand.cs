using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Cli.Jobs;

namespace Overmind.Cli.Commands;

static class JobsRetryCommand
{
    static readonly Argument<Guid?> Id = new("job") { Description = "Its id", Arity = ArgumentArity.ZeroOrOne };

    public static Command Create()
    {
        var command = new Command("retry", "Do a job again that failed, was cancelled or is blocked; or all that the options name")
        {
            Id, JobOptions.Kind, JobOptions.Status, JobOptions.Batch, JobOptions.Text, InstanceApi.Url, InstanceApi.Key,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Id) is null != JobOptions.IsMany(result))
                result.AddError("name one job, or many with --kind, --status, --batch and --text");
        });
        command.SetAction(async (parsed, ct) =>
        {
            var jobs = InstanceApi.Connect(parsed).Jobs;
            if (parsed.GetValue(Id) is { } id)
            {
                var job = await jobs.RetryAsync(id, ct);
                Output.Write(parsed, job, $"{job.Id}  {job.Kind}  {job.Status}");
                return 0;
            }

            var count = await jobs.RetryAllAsync(JobOptions.Filter(parsed), ct);
            Output.Write(parsed, new { Count = count }, $"Retried {count} jobs");
            return 0;
        });
        return command;
    }
}
