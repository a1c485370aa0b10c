using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Cli.Memory;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class DatastoresCreateCommand
{
    static readonly Argument<string> Name = new("name") { Description = "Its name" };

    public static Command Create()
    {
        var command = ApiVerb.Create("create", "Make a collection of memories", Name, DatastoreOptions.Description, DatastoreOptions.Visibility);
        command.SetAction(async (parsed, stop) =>
        {
            var made = await InstanceApi.Connect(parsed).Datastores.CreateAsync(
                new NewDatastore
                {
                    Name = parsed.GetValue(Name)!,
                    Description = parsed.GetValue(DatastoreOptions.Description),
                    Visibility = parsed.GetValue(DatastoreOptions.Visibility),
                },
                cancellationToken: stop);
            Output.Write(parsed, made, made.Id.ToString());
            return 0;
        });
        return command;
    }
}
