using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Cli.Memory;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class DatastoresEditCommand
{
    static readonly Option<string?> Name = new("--name") { Description = "Its name", HelpName = "name" };

    public static Command Create()
    {
        var command = ApiVerb.Create("edit", "Rename a collection, describe or share it", DatastoreOptions.Datastore, Name, DatastoreOptions.Description, DatastoreOptions.Visibility);
        command.SetAction(async (parsed, stop) =>
        {
            var changed = await InstanceApi.Connect(parsed).Datastores.UpdateAsync(
                parsed.GetValue(DatastoreOptions.Datastore),
                new DatastoreChanges
                {
                    Name = parsed.GetValue(Name),
                    Description = parsed.GetValue(DatastoreOptions.Description),
                    Visibility = parsed.GetValue(DatastoreOptions.Visibility),
                },
                stop);
            Output.Write(parsed, changed, $"'{TerminalText.WithoutControls(changed.Name)}' is {changed.Visibility}");
            return 0;
        });
        return command;
    }
}
