using Overmind.Errors;

namespace Overmind.Conversations;

/// <summary>What is to change in a conversation; a member left null stays as it is.</summary>
public sealed record ConversationPatch
{
    /// <summary>1 to 500 characters.</summary>
    public string? Title { get; init; }

    public ConversationStatus? Status { get; init; }

    public Visibility? Visibility { get; init; }

    /// <summary>All tags: at most 50, each of 1 to 100 characters.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>1 to 255 characters; to null: none.</summary>
    public Change<string?>? Folder { get; init; }

    /// <summary>All metadata, replacing what is there.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>To null: the installation's.</summary>
    public Change<Guid?>? WorkflowId { get; init; }

    /// <summary>0 to 10; to null: the workflow's.</summary>
    public Change<double?>? QualityThreshold { get; init; }

    /// <summary>1 to 20; to null: the workflow's.</summary>
    public Change<int?>? MaxN2Iterations { get; init; }

    /// <summary>Above 0, in US dollars; to null: the workflow's.</summary>
    public Change<decimal?>? CostCapUsd { get; init; }

    /// <summary>The branch to show and to go on with; 0: the trunk.</summary>
    public int? ActiveBranch { get; init; }

    /// <summary>With <see cref="ModelName"/>; to null: the workflow's.</summary>
    public Change<string?>? ModelProvider { get; init; }

    /// <summary>With <see cref="ModelProvider"/>; 1 to 200 characters; to null: the workflow's.</summary>
    public Change<string?>? ModelName { get; init; }

    /// <summary>From 1; to null: the model's.</summary>
    public Change<int?>? MaxContextTokens { get; init; }

    public bool? AutoPrune { get; init; }

    public PruneStrategy? PruneStrategy { get; init; }

    /// <summary>Above 0, up to 1.</summary>
    public double? PruneMarginRatio { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        checks.Require(ActiveBranch is null or >= 0, "active_branch", $"active_branch is a number of a branch, or 0 for the trunk, not {ActiveBranch}.");
        ConversationRules.Check(
            ref checks, Title, Tags, Folder?.Value, Metadata, QualityThreshold?.Value, MaxN2Iterations?.Value, CostCapUsd?.Value);
        checks.Require(
            ModelProvider is null == ModelName is null, ModelName is null ? "model_name" : "model_provider", "model_provider and model_name are changed together.");
        ConversationRules.CheckContext(ref checks, ModelProvider?.Value, ModelName?.Value, MaxContextTokens?.Value, PruneMarginRatio);
        checks.ThrowIfAny();
    }
}
