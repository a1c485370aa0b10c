using System.CommandLine;
using System.Text.Json;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class WorkflowDiffCommand
{
    static readonly Argument<int> From = new("from") { Description = "Number of the version that is compared with" };

    static readonly Argument<int> To = new("to") { Description = "Number of the other version" };

    public static Command Create()
    {
        var command = new Command("diff", "Show what is different in one version from another") { WorkflowName.Key, From, To, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var diff = await InstanceApi.Connect(parsed).Workflows.DiffAsync(
                parsed.GetValue(WorkflowName.Key)!, parsed.GetValue(From), parsed.GetValue(To), ct);
            Output.Write(parsed, diff, Lines(diff) is { Length: > 0 } lines ? lines : "No difference");
            return 0;
        });
        return command;
    }

    static string Lines(WorkflowDiff diff) => string.Join('\n',
    [
        .. diff.Fields.Select(f => $"{f.Field}: {Json(f.From)} → {Json(f.To)}"),
        .. diff.AgentsAdded.Select(key => $"+ {key}"),
        .. diff.AgentsRemoved.Select(key => $"- {key}"),
        .. diff.AgentsMoved.Select(move => $"~ {move.Key}: place {move.From} → {move.To}"),
        .. diff.AgentChanges.Select(c => $"{c.Key}.{c.Field}: {Json(c.From)} → {Json(c.To)}"),
    ]);

    static string Json(JsonElement value) => value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? "null" : value.GetRawText();
}
