using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class TemplatesDeleteCommand
{
    public static Command Create()
    {
        var command = new Command("delete", "Delete a context template") { TemplateOptions.Which, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var client = InstanceApi.Connect(parsed);
            var template = await TemplateLookup.FindAsync(client, parsed.GetValue(TemplateOptions.Which)!, ct);
            await client.ContextTemplates.DeleteAsync(template.Id, cancellationToken: ct);
            Output.Write(
                parsed, new { template.Id, Deleted = true }, $"Deleted the context template {template.Name}; `overmind templates restore {template.Id}` brings it back");
            return 0;
        });
        return command;
    }
}
