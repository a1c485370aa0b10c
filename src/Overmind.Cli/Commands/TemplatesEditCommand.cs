using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class TemplatesEditCommand
{
    public static Command Create()
    {
        var command = new Command("edit", "Change what the options and the file name of a context template") { TemplateOptions.Which };
        foreach (var option in TemplateOptions.All.Append(InstanceApi.Url).Append(InstanceApi.Key))
            command.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var client = InstanceApi.Connect(parsed);
            var changes = await TemplateOptions.ReadAsync(parsed, ct);
            var template = await TemplateLookup.FindAsync(client, parsed.GetValue(TemplateOptions.Which)!, ct);
            var changed = await client.ContextTemplates.UpdateAsync(template.Id, changes with { UnchangedSince = template.UpdatedAt }, ct);
            Output.Write(parsed, changed, $"Changed the context template {changed.Name}; it is in version {changed.Version}");
            return 0;
        });
        return command;
    }
}
