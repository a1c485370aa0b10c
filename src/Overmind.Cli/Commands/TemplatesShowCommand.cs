using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class TemplatesShowCommand
{
    public static Command Create()
    {
        var command = new Command("show", "Show a context template") { TemplateOptions.Which, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var template = await TemplateLookup.FindAsync(InstanceApi.Connect(parsed), parsed.GetValue(TemplateOptions.Which)!, ct);
            Output.Write(parsed, template, Fields.Of(template));
            return 0;
        });
        return command;
    }
}
