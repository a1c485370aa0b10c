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
            Id, JobOptions.Kind, JobOptions.Status, JobOptions.Batch, InstanceApi.Url, InstanceApi.Key,
        };
        command.Validators.Add(result =>
        {
            var isMany = result.GetValue(JobOptions.Kind) is not null || result.GetValue(JobOptions.Status) is not null || result.GetValue(JobOptions.Batch) is not null;
            if (result.GetValue(Id) is null != isMany)
                result.AddError("name one job, or many with --kind, --status and --batch");
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
