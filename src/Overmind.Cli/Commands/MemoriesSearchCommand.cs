using System.CommandLine;
using System.Globalization;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class MemoriesSearchCommand
{
    static readonly Argument<string> Words = new("query") { Description = "What is looked for: a question as it was asked does" };

    static readonly Option<string?> Mode = new("--mode") { Description = "hybrid, text or semantic", HelpName = "mode" };

    static readonly Option<string[]> Types = new("--type") { Description = "Only memories of this type: episodic, semantic, procedural or working; several times for several", HelpName = "type" };

    static readonly Option<string[]> Tags = new("--tag") { Description = "Only memories with this tag; several times for several", HelpName = "tag" };

    static readonly Option<Guid?> Owner = new("--owner") { Description = "Only what this member, agent, project or organization remembers", HelpName = "id" };

    static readonly Option<DateTimeOffset?> AsOf = new("--as-of") { Description = "What was so at that time", HelpName = "time", CustomParser = ListOptions.Time };

    static readonly Option<int> Limit = new("--limit") { Description = "How many, the most relevant first, 1 to 100", DefaultValueFactory = _ => 10, HelpName = "count" };

    static readonly Option<bool> Why = new("--why") { Description = "Show what each score is made of" };

    public static Command Create()
    {
        var command = ApiVerb.Create("search", "Find memories by words and by meaning", Words, Mode, Types, Tags, Owner, AsOf, Limit, Why);
        command.SetAction(async (parsed, stop) =>
        {
            var found = await InstanceApi.Connect(parsed).Memories.SearchAsync(
                new MemoryQuery
                {
                    Text = parsed.GetRequiredValue(Words),
                    Mode = parsed.GetValue(Mode),
                    MemoryTypes = parsed.GetValue(Types) is { Length: > 0 } types ? types : null,
                    Tags = parsed.GetValue(Tags) is { Length: > 0 } tags ? tags : null,
                    OwnerId = parsed.GetValue(Owner),
                    AsOf = parsed.GetValue(AsOf),
                    Limit = parsed.GetValue(Limit),
                },
                stop);
            if (Output.IsJson(parsed)) Output.WriteJson(Console.Out, found.Items);
            else if (found.Items.Count == 0) Console.Out.WriteLine("Nothing was found.");
            else Write(found, parsed.GetValue(Why));
            return 0;
        });
        return command;
    }

    static void Write(MemoryHits found, bool why)
    {
        foreach (var hit in found.Items)
        {
            AnsiConsole.MarkupLine(
                $"[bold]{Number(hit.Score)}[/]  {hit.Memory.MemoryType}  {string.Concat(hit.Snippet.Select(part => part.Match ? $"[underline]{Text(part.Text)}[/]" : Text(part.Text)))}  {hit.Memory.Id}");
            if (why) AnsiConsole.MarkupLine("  " + Text(Parts(hit.ScoreParts)));
        }

        if (found.Vector == "unavailable") Console.Out.WriteLine("The embedder could not be asked: only words were looked for.");
    }

    static string Parts(ScoreParts parts) =>
        $"text {Number(parts.Text)} (#{parts.TextRank?.ToString(CultureInfo.InvariantCulture) ?? "-"}: {string.Join(' ', parts.Words ?? [])})  vector {Number(parts.Vector)} (#{parts.VectorRank?.ToString(CultureInfo.InvariantCulture) ?? "-"})  recency {Number(parts.Recency)}  importance {Number(parts.Importance)}  neighbours {Number(parts.Neighbours)}";

    static string Number(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";

    static string Text(string text) => Markup.Escape(TerminalText.WithoutControls(text.ReplaceLineEndings(" ")));
}
