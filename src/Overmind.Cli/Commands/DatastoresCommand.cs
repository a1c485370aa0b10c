using System.CommandLine;

namespace Overmind.Cli.Commands;

static class DatastoresCommand
{
    public static Command Create() => new("datastores", "Keep collections of memories, and say which agents read them")
    {
        DatastoresCreateCommand.Create(),
        DatastoresListCommand.Create(),
        DatastoresEditCommand.Create(),
        DatastoresVerbs.Show(),
        DatastoresVerbs.Delete(),
        DatastoresVerbs.Link(),
        DatastoresVerbs.Unlink(),
    };
}
