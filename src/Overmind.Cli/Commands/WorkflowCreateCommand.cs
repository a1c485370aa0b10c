using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class WorkflowCreateCommand
{
    static readonly Argument<string> Key = new("key") { Description = "Its key, as editing" };

    public static Command Create()
    {
        var command = new Command("create", "Make a workflow: version 1, active") { Key };
        foreach (var option in WorkflowOptions.All.Append(InstanceApi.Url).Append(InstanceApi.Key))
            command.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var given = await WorkflowOptions.ReadAsync(parsed, ct);
            var workflow = new NewWorkflow
            {
                Key = parsed.GetValue(Key)!,
                Name = given.Name ?? throw Missing("a name", "--name"),
                Description = given.Description,
                Category = given.Category,
                ExecutionMode = given.ExecutionMode,
                QualityThreshold = given.QualityThreshold,
                MaxN2Iterations = given.MaxN2Iterations,
                CostCapUsd = given.CostCapUsd,
                DeadlineSeconds = given.DeadlineSeconds,
                SynthesisModel = given.SynthesisModel,
                JudgeModel = given.JudgeModel,
                Settings = given.Settings,
                Agents = given.Agents ?? throw Missing("agents", "--agents"),
                IsPublic = given.IsPublic,
            };
            var made = await InstanceApi.Connect(parsed).Workflows.CreateAsync(workflow, cancellationToken: ct);
            Output.Write(parsed, made, $"Made the workflow {made.Key}@{made.Version}; it is active");
            return 0;
        });
        return command;
    }

    static CliException Missing(string what, string option) =>
        new("usage", $"a workflow has {what}", $"give {option}, or write it into --file") { ExitCode = 2 };
}
