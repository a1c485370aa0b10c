using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class AgentListCommand
{
    static readonly Option<string?> Search = new("--search") { Description = "Only those whose key, name, role or goal holds this", HelpName = "text" };

    static readonly Option<bool> Public = new("--public") { Description = "What organizations of the installation have published, instead" };

    public static Command Create()
    {
        var command = new Command("list", "List the organization's agents") { Search, Public, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var client = InstanceApi.Connect(parsed);
            var search = parsed.GetValue(Search);
            if (parsed.GetValue(Public))
                Write(parsed, await EveryPage.OfAsync(page => client.Agents.ListPublicAsync(page, search, ct)), TableOf);
            else
                Write(parsed, await EveryPage.OfAsync(page => client.Agents.ListAsync(page, q: search, cancellationToken: ct)), TableOf);
            return 0;
        });
        return command;
    }

    static void Write<T>(ParseResult parsed, IReadOnlyList<T> agents, Func<IReadOnlyList<T>, Table> tableOf)
    {
        if (Output.IsJson(parsed))
            Output.WriteJson(Console.Out, agents);
        else
            AnsiConsole.Write(tableOf(agents));
    }

    static Table TableOf(IReadOnlyList<PublicAgent> agents)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Id", "Key", "Name", "Organization");
        foreach (var agent in agents)
            table.AddRow(agent.Id.ToString(), Markup.Escape(agent.Key), Markup.Escape(agent.Name), Markup.Escape(agent.OrganizationName));
        return table;
    }

    static Table TableOf(IReadOnlyList<Agent> agents)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Key", "Name", "Format", "Model", "Runs", "Quality", "State");
        foreach (var agent in agents)
            table.AddRow(
                Markup.Escape(agent.Key), Markup.Escape(agent.Name), agent.OutputFormat, Markup.Escape(agent.Model ?? "the run's"),
                agent.UsageCount.ToString(), agent.AvgQualityScore?.ToString("0.0") ?? "–",
                (agent.IsActive ? "active" : "inactive") + (agent.IsPublic ? ", public" : ""));
        return table;
    }
}
