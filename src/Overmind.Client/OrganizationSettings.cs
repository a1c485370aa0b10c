namespace Overmind.Client;

/// <summary>What an organization's runs use where they, their conversation and their workflow say nothing; null: the installation's. And what is kept and counted of them.</summary>
public sealed record OrganizationSettings
{
    public string? DefaultLlmProvider { get; init; }

    public string? DefaultModel { get; init; }

    public OrganizationModels Models { get; init; } = new();

    public double? QualityThreshold { get; init; }

    public int? MaxN2Iterations { get; init; }

    /// <summary>In US dollars.</summary>
    public decimal? CostCapUsd { get; init; }

    public int? DeadlineSeconds { get; init; }

    public int? ApproveFromIteration { get; init; }

    /// <summary>In US dollars.</summary>
    public decimal? ApproveAboveUsd { get; init; }

    /// <summary>Conversations without activity for so many days are deleted with everything under them; null: they are kept.</summary>
    public int? DataRetentionDays { get; init; }

    /// <summary>Acts in the audit log are deleted after so many days; null: they are kept.</summary>
    public int? AuditRetentionDays { get; init; }

    /// <summary>Whether uses of agents and workflows and the quality of their answers are counted.</summary>
    public bool EnableAnalytics { get; init; }

    /// <summary>Whether calls are answered from the response cache.</summary>
    public ResponseCacheSettings ResponseCache { get; init; } = new();

    public DateTimeOffset UpdatedAt { get; init; }
}
