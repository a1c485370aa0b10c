using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class ApiVerb
{
    /// <summary>A verb that asks the server: with its own arguments and options, and those that say which server.</summary>
    public static Command Create(string name, string description, params Symbol[] symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols.Concat([InstanceApi.Url, InstanceApi.Key]))
        {
            if (symbol is Argument argument) command.Arguments.Add(argument);
            else command.Options.Add((Option)symbol);
        }

        return command;
    }
}
