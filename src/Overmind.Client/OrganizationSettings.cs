namespace Overmind.Client;

/// <summary>What an organization's runs use where they, their conversation and their workflow say nothing; null: the installation's.</summary>
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

    public DateTimeOffset UpdatedAt { get; init; }
}
