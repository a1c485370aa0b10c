using System.CommandLine;
using System.Text.Json;
using Overmind.Client;

namespace Overmind.Cli.Authoring;

/// <summary>The options by which an agent is described; they count more than the file.</summary>
static class AgentOptions
{
    public static readonly Option<string?> File = new("--file") { Description = "The agent as JSON, with the members that the API takes; - reads standard input", HelpName = "agent.json" };

    public static readonly Option<string?> Name = new("--name") { Description = "Name shown to people" };

    public static readonly Option<string?> Role = new("--role") { Description = "What it is in a team; default: its name" };

    public static readonly Option<string?> Goal = new("--goal") { Description = "What it is after" };

    public static readonly Option<string?> Backstory = new("--backstory") { Description = "Who it is; the beginning of its prompt" };

    public static readonly Option<string?> OutputFormat = new("--output-format") { Description = "sim_4_lines, json or markdown", HelpName = "format" };

    public static readonly Option<FileInfo?> OutputSchema = new("--output-schema") { Description = "JSON Schema that its answers are held to", HelpName = "schema.json" };

    public static readonly Option<string?> Model = new("--model") { Description = "Its model, as offline/offline; default: the run's", HelpName = "provider/model" };

    public static readonly Option<double?> Temperature = new("--temperature") { Description = "How free its wording is, 0 to 2" };

    public static readonly Option<int?> MaxTokens = new("--max-tokens") { Description = "Longest answer, in tokens" };

    public static readonly Option<bool?> Active = new("--active") { Description = "Whether new runs use it: true or false", HelpName = "true|false" };

    public static readonly Option<bool?> Public = new("--public") { Description = "Whether other organizations may read and copy it: true or false", HelpName = "true|false" };

    public static IEnumerable<Option> All =>
        [File, Name, Role, Goal, Backstory, OutputFormat, OutputSchema, Model, Temperature, MaxTokens, Active, Public];

    /// <summary>The file's members with the options over them.</summary>
    public static async Task<AgentChanges> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var given = parsed.GetValue(File) is { } file ? await BodyFile.ReadAsync<AgentChanges>(file, cancellationToken) : new AgentChanges();
        return given with
        {
            Name = parsed.GetValue(Name) ?? given.Name,
            Role = parsed.GetValue(Role) ?? given.Role,
            Goal = parsed.GetValue(Goal) ?? given.Goal,
            Backstory = parsed.GetValue(Backstory) ?? given.Backstory,
            OutputFormat = parsed.GetValue(OutputFormat) ?? given.OutputFormat,
            OutputSchema = parsed.GetValue(OutputSchema) is { } schema
                ? await BodyFile.ReadAsync<JsonElement>(schema.FullName, cancellationToken)
                : given.OutputSchema,
            Model = parsed.GetValue(Model) ?? given.Model,
            Temperature = parsed.GetValue(Temperature) ?? given.Temperature,
            MaxTokens = parsed.GetValue(MaxTokens) ?? given.MaxTokens,
            IsActive = parsed.GetValue(Active) ?? given.IsActive,
            IsPublic = parsed.GetValue(Public) ?? given.IsPublic,
        };
    }
}
