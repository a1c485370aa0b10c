using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class AgentCreateCommand
{
    static readonly Argument<string?> Key = new("key") { Description = "Its key, as editor; may stand in the file instead", Arity = ArgumentArity.ZeroOrOne };

    public static Command Create()
    {
        var command = new Command("create", "Make an agent") { Key };
        foreach (var option in AgentOptions.All.Append(InstanceApi.Url).Append(InstanceApi.Key))
            command.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var given = await AgentOptions.ReadAsync(parsed, ct);
            var agent = new NewAgent
            {
                Key = Required(parsed.GetValue(Key) ?? given.Key, "key", "name it after `create`"),
                Name = Required(given.Name, "name", "give --name"),
                Role = given.Role,
                Goal = Required(given.Goal, "goal", "give --goal"),
                Backstory = Required(given.Backstory, "backstory", "give --backstory"),
                OutputFormat = given.OutputFormat,
                OutputSchema = given.OutputSchema,
                Model = given.Model,
                Temperature = given.Temperature,
                MaxTokens = given.MaxTokens,
                AllowDelegation = given.AllowDelegation,
                Verbose = given.Verbose,
                Settings = given.Settings,
                IsActive = given.IsActive,
                IsPublic = given.IsPublic,
            };
            var made = await InstanceApi.Connect(parsed).Agents.CreateAsync(agent, cancellationToken: ct);
            Output.Write(parsed, made, $"Made the agent {made.Key} ({made.Id})");
            return 0;
        });
        return command;
    }

    static string Required(string? value, string member, string remedy) =>
        value ?? throw new CliException("usage", $"an agent has a {member}", $"{remedy}, or write it into --file") { ExitCode = 2 };
}
