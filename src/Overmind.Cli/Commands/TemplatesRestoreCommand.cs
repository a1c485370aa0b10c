using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class TemplatesRestoreCommand
{
    static readonly Argument<Guid> Which = new("id") { Description = "Its id, as `overmind templates delete` told it" };

    public static Command Create()
    {
        var command = new Command("restore", "Bring a deleted context template back") { Which, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var template = await InstanceApi.Connect(parsed).ContextTemplates.RestoreAsync(parsed.GetValue(Which), ct);
            Output.Write(parsed, template, $"The context template {template.Name} is back");
            return 0;
        });
        return command;
    }
}
