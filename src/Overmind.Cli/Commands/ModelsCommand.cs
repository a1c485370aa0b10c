using System.CommandLine;

namespace Overmind.Cli.Commands;

static class ModelsCommand
{
    public static Command Create() => new("models", "Connect providers of models, try them, and list what they have")
    {
        ModelsListCommand.Create(),
        ModelsProvidersCommand.Create(),
        ModelsAddCommand.Create(),
        ModelsTestCommand.Create(),
        ModelsRemoveCommand.Create(),
    };
}
