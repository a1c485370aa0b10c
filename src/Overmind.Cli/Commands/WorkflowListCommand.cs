using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class WorkflowListCommand
{
    static readonly Option<string?> Search = new("--search") { Description = "Only those whose key, name, description or category holds this", HelpName = "text" };

    static readonly Option<string?> Category = new("--category") { Description = "Only those of this category" };

    static readonly Option<string?> Sort = new("--sort") { Description = "By created (default), rating, usage, category or name", HelpName = "order" };

    static readonly Option<bool> Versions = new("--versions") { Description = "All versions, not the active ones alone" };

    static readonly Option<bool> Public = new("--public") { Description = "What organizations of the installation have published, instead" };

    public static Command Create()
    {
        var command = new Command("list", "List the organization's workflows") { Search, Category, Sort, Versions, Public, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var client = InstanceApi.Connect(parsed);
            var search = parsed.GetValue(Search);
            if (parsed.GetValue(Public))
                Write(parsed, await EveryPage.OfAsync(page => client.Workflows.ListPublicAsync(page, search, ct)), TableOf);
            else
                Write(
                    parsed,
                    await EveryPage.OfAsync(page => client.Workflows.ListAsync(
                        page, parsed.GetValue(Versions) ? null : true, null, parsed.GetValue(Category), search, parsed.GetValue(Sort), ct),
                        // Words are looked up from A on; of the others the newest, best rated and most used come first.
                        parsed.GetValue(Sort) is "category" or "name" ? "asc" : null),
                    TableOf);
            return 0;
        });
        return command;
    }

    static void Write<T>(ParseResult parsed, IReadOnlyList<T> workflows, Func<IReadOnlyList<T>, Table> tableOf)
    {
        if (Output.IsJson(parsed))
            Output.WriteJson(Console.Out, workflows);
        else
            AnsiConsole.Write(tableOf(workflows));
    }

    static Table TableOf(IReadOnlyList<PublicWorkflow> workflows)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Id", "Key", "Name", "Organization");
        foreach (var workflow in workflows)
            table.AddRow(workflow.Id.ToString(), Markup.Escape(workflow.Key), Markup.Escape(workflow.Name), Markup.Escape(workflow.OrganizationName));
        return table;
    }

    static Table TableOf(IReadOnlyList<Workflow> workflows)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Workflow", "Name", "Category", "Agents", "Runs", "Rating", "State");
        foreach (var workflow in workflows)
            table.AddRow(
                Markup.Escape($"{workflow.Key}@{workflow.Version}"), Markup.Escape(workflow.Name), Markup.Escape(workflow.Category ?? "–"),
                workflow.Agents.Count.ToString(), workflow.UsageCount.ToString(),
                workflow.Rating is { } rating ? $"{rating:0.0} ({workflow.RatingCount})" : "–",
                (workflow.IsActive ? "active" : workflow.FrozenAt is null ? "draft" : "inactive") + (workflow.IsPublic ? ", public" : ""));
        return table;
    }
}
