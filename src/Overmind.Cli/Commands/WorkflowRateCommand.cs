using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class WorkflowRateCommand
{
    static readonly Argument<int> Rating = new("rating") { Description = "1 to 5" };

    public static Command Create()
    {
        var command = new Command("rate", "Rate the active version of a workflow; again to change it") { WorkflowName.Key, Rating, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var rated = await InstanceApi.Connect(parsed).Workflows.RateAsync(parsed.GetValue(WorkflowName.Key)!, parsed.GetValue(Rating), ct);
            Output.Write(parsed, rated, $"{rated.Key}@{rated.Version} has {rated.Rating:0.0} of 5 ({rated.RatingCount})");
            return 0;
        });
        return command;
    }
}
