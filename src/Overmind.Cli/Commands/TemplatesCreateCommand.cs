using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class TemplatesCreateCommand
{
    public static Command Create()
    {
        var command = new Command("create", "Make a context template");
        foreach (var option in TemplateOptions.All.Append(InstanceApi.Url).Append(InstanceApi.Key))
            command.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var given = await TemplateOptions.ReadAsync(parsed, ct);
            var template = new NewContextTemplate
            {
                Name = given.Name ?? throw Missing("name", "give --name, or write it into --file"),
                Description = given.Description,
                Segments = given.Segments ?? throw Missing("segments", "write them into --file"),
                Variables = given.Variables,
                UseCases = given.UseCases,
                AgentTypes = given.AgentTypes,
            };
            var made = await InstanceApi.Connect(parsed).ContextTemplates.CreateAsync(template, cancellationToken: ct);
            Output.Write(parsed, made, $"Made the context template {made.Name} ({made.Id})");
            return 0;
        });
        return command;
    }

    static CliException Missing(string member, string remedy) => new("usage", $"a context template has {member}", remedy) { ExitCode = 2 };
}
