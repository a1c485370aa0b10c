using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>What is to change in an organization's settings; what is null stays as it is.</summary>
public sealed record OrganizationSettingsChanges
{
    /// <summary>Together with <see cref="DefaultModel"/>.</summary>
    public string? DefaultLlmProvider { get; init; }

    public string? DefaultModel { get; init; }

    /// <summary>All three parts, replacing what is there.</summary>
    public OrganizationModels? Models { get; init; }

    /// <summary>0 to 10.</summary>
    public double? QualityThreshold { get; init; }

    /// <summary>1 to 20.</summary>
    public int? MaxN2Iterations { get; init; }

    /// <summary>In US dollars, above 0.</summary>
    public decimal? CostCapUsd { get; init; }

    public int? DeadlineSeconds { get; init; }

    /// <summary>1 to 20.</summary>
    public int? ApproveFromIteration { get; init; }

    /// <summary>In US dollars, above 0.</summary>
    public decimal? ApproveAboveUsd { get; init; }

    /// <summary>1 to 36500.</summary>
    public int? DataRetentionDays { get; init; }

    /// <summary>30 to 36500.</summary>
    public int? AuditRetentionDays { get; init; }

    public bool? EnableAnalytics { get; init; }

    /// <summary>All of it, replacing what is there.</summary>
    public ResponseCacheSettings? ResponseCache { get; init; }

    /// <summary>All of it, replacing what is there.</summary>
    public MemorySettings? Memory { get; init; }

    /// <summary>All of them, replacing what is there.</summary>
    public SearchWeights? SearchWeights { get; init; }

    /// <summary>1 to 36500.</summary>
    public int? AutoArchiveDays { get; init; }

    /// <summary>1 to 43200.</summary>
    public int? SessionTimeoutMinutes { get; init; }

    /// <summary>As <c>english</c>.</summary>
    public string? SearchLanguage { get; init; }

    /// <summary>All of it, replacing what is there.</summary>
    public ModerationSettings? Moderation { get; init; }

    /// <summary><c>off</c>, <c>rules</c> or <c>model</c>.</summary>
    public string? MemoryForming { get; init; }

    /// <summary><c>off</c>, <c>rules</c> or <c>model</c>.</summary>
    public string? MemoryConsolidation { get; init; }

    /// <summary>0 to 8000.</summary>
    public int? MemoryTokens { get; init; }

    /// <summary>All of it, replacing what is there.</summary>
    public AttachmentSettings? Attachments { get; init; }

    /// <summary>The members that are to be the installation's or the default again, by their names in JSON, as <c>cost_cap_usd</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Clear { get; init; } = [];

    /// <summary>The <see cref="OrganizationSettings.UpdatedAt"/> they must still have; null: whatever it is.</summary>
    [JsonIgnore]
    public DateTimeOffset? UnchangedSince { get; init; }
}
