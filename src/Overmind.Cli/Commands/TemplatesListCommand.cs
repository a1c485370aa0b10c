using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class TemplatesListCommand
{
    static readonly Option<string?> Search = new("--search") { Description = "Only those whose name or description holds this", HelpName = "text" };

    static readonly Option<string?> UseCase = new("--use-case") { Description = "Only those made for this", HelpName = "word" };

    static readonly Option<string?> AgentType = new("--agent-type") { Description = "Only those made for such agents", HelpName = "word" };

    public static Command Create()
    {
        var command = new Command("list", "List the organization's context templates") { Search, UseCase, AgentType, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var client = InstanceApi.Connect(parsed);
            var templates = await EveryPage.OfAsync(page => client.ContextTemplates.ListAsync(
                page, useCase: parsed.GetValue(UseCase), agentType: parsed.GetValue(AgentType), q: parsed.GetValue(Search), cancellationToken: ct));
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, templates);
            else
                AnsiConsole.Write(TableOf(templates));
            return 0;
        });
        return command;
    }

    static Table TableOf(IReadOnlyList<ContextTemplate> templates)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Name", "Version", "Segments", "Variables", "Tokens", "Uses", "For");
        foreach (var template in templates)
            table.AddRow(
                Markup.Escape(template.Name), template.Version.ToString(), template.Segments.Count.ToString(),
                Markup.Escape(string.Join(", ", template.Variables.Select(v => v.Name))), template.TotalTokens?.ToString() ?? "–", template.UseCount.ToString(),
                Markup.Escape(string.Join(", ", template.UseCases.Concat(template.AgentTypes))));
        return table;
    }
}
