using System.CommandLine;
using Overmind.Client;

namespace Overmind.Cli.Authoring;

/// <summary>The options by which a workflow is described; they count more than the file.</summary>
static class WorkflowOptions
{
    public static readonly Option<string?> File = new("--file") { Description = "The workflow as JSON, with the members that the API takes; - reads standard input", HelpName = "workflow.json" };

    public static readonly Option<string?> Name = new("--name") { Description = "Name shown to people" };

    public static readonly Option<string?> Description = new("--description") { Description = "What it is for" };

    public static readonly Option<string?> Category = new("--category") { Description = "Kind of question it is made for" };

    public static readonly Option<string?> Agents = new("--agents") { Description = "Keys of its agents, in order", HelpName = "key,key" };

    public static readonly Option<string?> Mode = new("--mode") { Description = "parallel, or sequential: each agent sees the answers before its own", HelpName = "mode" };

    public static readonly Option<double?> Threshold = new("--threshold") { Description = "Score at which an answer is good enough, 0 to 10" };

    public static readonly Option<int?> Iterations = new("--iterations") { Description = "Most iterations of a run, 1 to 20" };

    public static readonly Option<bool?> Public = new("--public") { Description = "Whether other organizations may read and copy it: true or false", HelpName = "true|false" };

    public static IEnumerable<Option> All => [File, Name, Description, Category, Agents, Mode, Threshold, Iterations, Public];

    /// <summary>The file's members with the options over them.</summary>
    public static async Task<WorkflowChanges> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var given = parsed.GetValue(File) is { } file ? await BodyFile.ReadAsync<WorkflowChanges>(file, cancellationToken) : new WorkflowChanges();
        return given with
        {
            Name = parsed.GetValue(Name) ?? given.Name,
            Description = parsed.GetValue(Description) ?? given.Description,
            Category = parsed.GetValue(Category) ?? given.Category,
            Agents = parsed.GetValue(Agents)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? given.Agents,
            ExecutionMode = parsed.GetValue(Mode) ?? given.ExecutionMode,
            QualityThreshold = parsed.GetValue(Threshold) ?? given.QualityThreshold,
            MaxN2Iterations = parsed.GetValue(Iterations) ?? given.MaxN2Iterations,
            IsPublic = parsed.GetValue(Public) ?? given.IsPublic,
        };
    }
}
