using Overmind.Errors;
using Overmind.Models;

namespace Overmind.Agents;

/// <summary>What is to change in a version of a workflow; a member left null stays as it is. The limits are those of <see cref="NewWorkflow"/>.</summary>
public sealed record WorkflowPatch
{
    public string? Name { get; init; }

    public Change<string?>? Description { get; init; }

    public Change<string?>? Category { get; init; }

    public ExecutionMode? ExecutionMode { get; init; }

    public Change<double?>? QualityThreshold { get; init; }

    public Change<int?>? MaxN2Iterations { get; init; }

    public Change<decimal?>? CostCapUsd { get; init; }

    public Change<int?>? DeadlineSeconds { get; init; }

    public Change<ModelReference?>? SynthesisModel { get; init; }

    public Change<ModelReference?>? JudgeModel { get; init; }

    public string? Settings { get; init; }

    /// <summary>All agents.</summary>
    public IReadOnlyList<string>? Agents { get; init; }

    public bool? IsPublic { get; init; }

    /// <summary>Whether it changes what runs do; name, description, category and is_public are labels.</summary>
    internal bool ChangesRuns => (ExecutionMode, QualityThreshold, MaxN2Iterations, CostCapUsd) != default
        || (DeadlineSeconds, SynthesisModel, JudgeModel, Settings, Agents) != default;

    /// <summary>A version with these changes.</summary>
    internal NewWorkflow ApplyTo(Workflow workflow) => new()
    {
        Key = workflow.Key,
        Name = Name ?? workflow.Name,
        Description = Description is { } description ? description.Value : workflow.Description,
        Category = Category is { } category ? category.Value : workflow.Category,
        ExecutionMode = ExecutionMode ?? workflow.ExecutionMode,
        QualityThreshold = QualityThreshold is { } threshold ? threshold.Value : workflow.QualityThreshold,
        MaxN2Iterations = MaxN2Iterations is { } iterations ? iterations.Value : workflow.MaxN2Iterations,
        CostCapUsd = CostCapUsd is { } cap ? cap.Value : workflow.CostCapUsd,
        DeadlineSeconds = DeadlineSeconds is { } deadline ? deadline.Value : workflow.DeadlineSeconds,
        SynthesisModel = SynthesisModel is { } synthesis ? synthesis.Value : Model(workflow.SynthesisModel),
        JudgeModel = JudgeModel is { } judge ? judge.Value : Model(workflow.JudgeModel),
        Settings = Settings ?? workflow.Settings.ToString(),
        Agents = Agents ?? workflow.Agents,
        IsPublic = IsPublic ?? workflow.IsPublic,
    };

    internal void Check()
    {
        var checks = new Checks();
        WorkflowRules.Check(
            ref checks, null, Name, Description?.Value, Category?.Value, QualityThreshold?.Value, MaxN2Iterations?.Value, CostCapUsd?.Value,
            DeadlineSeconds?.Value, Settings, Agents);
        checks.ThrowIfAny();
    }

    static ModelReference? Model(string? text) => text is null ? null : ModelReference.Parse(text);
}
