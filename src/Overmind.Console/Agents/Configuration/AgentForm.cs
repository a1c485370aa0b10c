using System.Globalization;
using Overmind.Agents;
using Overmind.Models;
using Overmind.WebConsole.Editing;

namespace Overmind.WebConsole.Agents.Configuration;

/// <summary>What one edits of an agent, as it stands in the form.</summary>
public sealed record AgentForm
{
    /// <summary>The settings that the form shows, as the API names them.</summary>
    public static IReadOnlySet<string> Members { get; } = new HashSet<string>
    {
        "key", "name", "role", "goal", "backstory", "output_schema", "model", "temperature", "max_tokens", "settings",
    };

    public string Key { get; set; } = "";

    public string Name { get; set; } = "";

    public string Role { get; set; } = "";

    public string Goal { get; set; } = "";

    public string Backstory { get; set; } = "";

    public OutputFormat Format { get; set; } = OutputFormat.Markdown;

    /// <summary>Kept while another format is chosen, and not stored then.</summary>
    public string Schema { get; set; } = "";

    /// <summary>Empty: the run's.</summary>
    public string Model { get; set; } = "";

    public double Temperature { get; set; } = 0.7;

    public int? MaxTokens { get; set; } = 500;

    public bool AllowDelegation { get; set; }

    public bool Verbose { get; set; }

    /// <summary>Settings of its own, a JSON object; empty: none.</summary>
    public string Settings { get; set; } = "";

    public bool IsActive { get; set; } = true;

    public bool IsPublic { get; set; }

    /// <summary>What is wrong with the schema, while there is one to store.</summary>
    public string? SchemaFault => StoredSchema is { } schema ? AnswerSchema.Fault(schema) : null;

    string? StoredSchema => Format is OutputFormat.Json && !string.IsNullOrWhiteSpace(Schema) ? Schema : null;

    public static AgentForm Of(Agent agent) => new()
    {
        Key = agent.Key,
        Name = agent.Name,
        Role = agent.Role,
        Goal = agent.Goal,
        Backstory = agent.Backstory,
        Format = agent.OutputFormat,
        Schema = agent.OutputSchema is { } schema ? Text.Json.Indented(schema.ToString()) : "",
        Model = agent.Model ?? "",
        Temperature = agent.Temperature,
        MaxTokens = agent.MaxTokens,
        AllowDelegation = agent.AllowDelegation,
        Verbose = agent.Verbose,
        Settings = SettingsText.Of(agent.Settings),
        IsActive = agent.IsActive,
        IsPublic = agent.IsPublic,
    };

    /// <summary>What is wrong with it before it is sent; null: nothing that can be told from here.</summary>
    public EditRefusal? Fault() =>
        MaxTokens is null ? EditRefusal.Of("max_tokens", "Say how long an answer may be: 1 to 100,000 tokens.")
        : Model.Length > 0 && ModelReference.Parse(Model) is null ? EditRefusal.Of("model", "A model is provider/model, as offline/offline; leave it empty for the run's.")
        : SettingsText.Fault(Settings) is { } fault ? EditRefusal.Of("settings", fault)
        : null;

    public NewAgent ToNew() => new()
    {
        Key = Key.Trim(),
        Name = Name.Trim(),
        Role = string.IsNullOrWhiteSpace(Role) ? null : Role.Trim(),
        Goal = Goal.Trim(),
        Backstory = Backstory.Trim(),
        OutputFormat = Format,
        OutputSchema = StoredSchema,
        Model = ModelReference.Parse(Model),
        Temperature = Temperature,
        MaxTokens = MaxTokens!.Value,
        AllowDelegation = AllowDelegation,
        Verbose = Verbose,
        Settings = SettingsText.Stored(Settings),
        IsActive = IsActive,
        IsPublic = IsPublic,
    };

    public AgentPatch ToPatch() => new()
    {
        Key = Key.Trim(),
        Name = Name.Trim(),
        Role = Role.Trim(),
        Goal = Goal.Trim(),
        Backstory = Backstory.Trim(),
        OutputFormat = Format,
        OutputSchema = new Change<string?>(StoredSchema),
        Model = new Change<ModelReference?>(ModelReference.Parse(Model)),
        Temperature = Temperature,
        MaxTokens = MaxTokens,
        AllowDelegation = AllowDelegation,
        Verbose = Verbose,
        Settings = SettingsText.Stored(Settings),
        IsActive = IsActive,
        IsPublic = IsPublic,
    };

    /// <summary>Where this form says something else than theirs.</summary>
    public IReadOnlyList<EditDifference> Against(AgentForm theirs) => EditDifference.Of(
        theirs.Values().Zip(Values(), (their, mine) => (their.Name, their.Value, mine.Value)));

    (string Name, string? Value)[] Values() =>
    [
        ("Key", Key.Trim()), ("Name", Name.Trim()), ("Role", Role.Trim()), ("Goal", Goal.Trim()), ("Backstory", Backstory.Trim()),
        ("Output format", AgentWords.Name(Format)), ("JSON Schema", StoredSchema), ("Model", Model),
        ("Temperature", Temperature.ToString(CultureInfo.InvariantCulture)), ("Max tokens", MaxTokens?.ToString(CultureInfo.InvariantCulture)),
        ("May delegate", YesNo(AllowDelegation)), ("Keeps its prompts", YesNo(Verbose)), ("Settings", Settings.Trim()), ("Active", YesNo(IsActive)), ("Public", YesNo(IsPublic)),
    ];

    static string YesNo(bool value) => value ? "yes" : "no";
}
