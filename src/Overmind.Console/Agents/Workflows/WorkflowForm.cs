using System.Globalization;
using Overmind.Agents;
using Overmind.Models;
using Overmind.WebConsole.Editing;

namespace Overmind.WebConsole.Agents.Workflows;

/// <summary>What one edits of a version of a workflow, as it stands in the form.</summary>
public sealed record WorkflowForm
{
    /// <summary>The settings that the form shows, as the API names them.</summary>
    public static IReadOnlySet<string> Members { get; } = new HashSet<string>
    {
        "key", "name", "description", "category", "quality_threshold", "max_n2_iterations", "cost_cap_usd", "deadline_seconds", "synthesis_model", "judge_model",
        "agents", "settings",
    };

    public string Key { get; set; } = "";

    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    public string Category { get; set; } = "";

    public ExecutionMode Mode { get; set; }

    public double? Threshold { get; set; }

    public int? Iterations { get; set; }

    public decimal? CostCap { get; set; }

    public int? DeadlineSeconds { get; set; }

    public string SynthesisModel { get; set; } = "";

    public string JudgeModel { get; set; } = "";

    /// <summary>Settings of its own, a JSON object; empty: none.</summary>
    public string Settings { get; set; } = "";

    public bool IsPublic { get; set; }

    /// <summary>The keys of its agents, in order.</summary>
    public IReadOnlyList<string> Agents { get; private set; } = [];

    public static WorkflowForm Of(Workflow version) => new()
    {
        Key = version.Key,
        Name = version.Name,
        Description = version.Description ?? "",
        Category = version.Category ?? "",
        Mode = version.ExecutionMode,
        Threshold = version.QualityThreshold,
        Iterations = version.MaxN2Iterations,
        CostCap = version.CostCapUsd,
        DeadlineSeconds = version.DeadlineSeconds,
        SynthesisModel = version.SynthesisModel ?? "",
        JudgeModel = version.JudgeModel ?? "",
        Settings = SettingsText.Of(version.Settings),
        IsPublic = version.IsPublic,
        Agents = version.Agents,
    };

    public void AddAgent(string key)
    {
        if (key.Length > 0 && !Agents.Contains(key)) Agents = [.. Agents, key];
    }

    public void RemoveAgent(string key) => Agents = [.. Agents.Where(a => a != key)];

    /// <summary>Puts an agent in another place, from 0; past an end it stays at that end.</summary>
    public void MoveAgent(string key, int place)
    {
        var others = Agents.Where(a => a != key).ToList();
        others.Insert(Math.Clamp(place, 0, others.Count), key);
        Agents = others;
    }

    /// <summary>What is wrong with it before it is sent; null: nothing that can be told from here.</summary>
    public EditRefusal? Fault() =>
        Agents.Count == 0 ? EditRefusal.Of("agents", "A workflow has at least one agent. Add one.")
        : IsNoModel(SynthesisModel) ? EditRefusal.Of("synthesis_model", NoModel)
        : IsNoModel(JudgeModel) ? EditRefusal.Of("judge_model", NoModel)
        : SettingsText.Fault(Settings) is { } fault ? EditRefusal.Of("settings", fault)
        : null;

    public NewWorkflow ToNew() => new()
    {
        Key = Key.Trim(),
        Name = Name.Trim(),
        Description = OrNull(Description),
        Category = OrNull(Category),
        ExecutionMode = Mode,
        QualityThreshold = Threshold,
        MaxN2Iterations = Iterations,
        CostCapUsd = CostCap,
        DeadlineSeconds = DeadlineSeconds,
        SynthesisModel = ModelReference.Parse(SynthesisModel),
        JudgeModel = ModelReference.Parse(JudgeModel),
        Settings = SettingsText.Stored(Settings),
        IsPublic = IsPublic,
        Agents = Agents,
    };

    /// <param name="labelsAlone">Whether what runs do by it stays as it is: of a version that was used.</param>
    public WorkflowPatch ToPatch(bool labelsAlone)
    {
        var labels = new WorkflowPatch { Name = Name.Trim(), Description = new(OrNull(Description)), Category = new(OrNull(Category)), IsPublic = IsPublic };
        return labelsAlone ? labels : labels with
        {
            ExecutionMode = Mode,
            QualityThreshold = new(Threshold),
            MaxN2Iterations = new(Iterations),
            CostCapUsd = new(CostCap),
            DeadlineSeconds = new(DeadlineSeconds),
            SynthesisModel = new(ModelReference.Parse(SynthesisModel)),
            JudgeModel = new(ModelReference.Parse(JudgeModel)),
            Settings = SettingsText.Stored(Settings),
            Agents = Agents,
        };
    }

    /// <summary>Where this form says something else than theirs.</summary>
    public IReadOnlyList<EditDifference> Against(WorkflowForm theirs) => EditDifference.Of(
        theirs.Values().Zip(Values(), (their, mine) => (their.Name, their.Value, mine.Value)));

    (string Name, string? Value)[] Values() =>
    [
        ("Key", Key.Trim()), ("Name", Name.Trim()), ("Description", Description.Trim()), ("Category", Category.Trim()), ("Agents", string.Join(", ", Agents)),
        ("Execution mode", WorkflowWords.Name(Mode)), ("Quality threshold", Text(Threshold)), ("Iterations", Text(Iterations)), ("Cost cap", Text(CostCap)),
        ("Deadline", Text(DeadlineSeconds)), ("Synthesis model", SynthesisModel), ("Judge model", JudgeModel), ("Settings", Settings.Trim()), ("Public", IsPublic ? "yes" : "no"),
    ];

    const string NoModel = "A model is provider/model, as offline/offline; leave it empty for the run's.";

    static bool IsNoModel(string text) => text.Length > 0 && ModelReference.Parse(text) is null;

    static string? Text<T>(T? value) where T : struct, IFormattable => value?.ToString(null, CultureInfo.InvariantCulture);

    static string? OrNull(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
