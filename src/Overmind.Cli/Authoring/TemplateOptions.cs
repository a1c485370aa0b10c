using System.CommandLine;
using Overmind.Client;

namespace Overmind.Cli.Authoring;

/// <summary>The options by which a context template is described; they count more than the file.</summary>
static class TemplateOptions
{
    public static readonly Argument<string> Which = new("template") { Description = "Its name or id" };

    public static readonly Option<string?> File = new("--file") { Description = "The template as JSON, with the members that the API takes; - reads standard input", HelpName = "template.json" };

    public static readonly Option<string?> Name = new("--name") { Description = "Name shown to people" };

    public static readonly Option<string?> Description = new("--description") { Description = "What it is for" };

    public static readonly Option<string?> UseCases = new("--use-cases") { Description = "What it is made for", HelpName = "word,word" };

    public static readonly Option<string?> AgentTypes = new("--agent-types") { Description = "Which agents it is made for", HelpName = "word,word" };

    public static IEnumerable<Option> All => [File, Name, Description, UseCases, AgentTypes];

    /// <summary>The file's members with the options over them.</summary>
    public static async Task<ContextTemplateChanges> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var given = parsed.GetValue(File) is { } file ? await BodyFile.ReadAsync<ContextTemplateChanges>(file, cancellationToken) : new ContextTemplateChanges();
        return given with
        {
            Name = parsed.GetValue(Name) ?? given.Name,
            Description = parsed.GetValue(Description) ?? given.Description,
            UseCases = Words(parsed, UseCases) ?? given.UseCases,
            AgentTypes = Words(parsed, AgentTypes) ?? given.AgentTypes,
        };
    }

    static string[]? Words(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
