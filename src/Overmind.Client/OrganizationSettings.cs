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

    /// <summary>How memories fade and are pruned.</summary>
    public MemorySettings Memory { get; init; } = new();

    /// <summary>How much each part of a search's score counts, where the search does not say.</summary>
    public SearchWeights SearchWeights { get; init; } = new();

    /// <summary>Active conversations without a message for so many days are archived; null: they are not.</summary>
    public int? AutoArchiveDays { get; init; }

    /// <summary>Active sessions of conversations in which nothing was said for so many minutes are abandoned.</summary>
    public int SessionTimeoutMinutes { get; init; }

    /// <summary>Language in which messages and titles are searched, as <c>english</c>; <c>simple</c> takes words as they are written.</summary>
    public string SearchLanguage { get; init; } = "simple";

    /// <summary>By what messages are moderated before they are stored.</summary>
    public ModerationSettings Moderation { get; init; } = new();

    /// <summary><c>off</c>, <c>rules</c> or <c>model</c>: how memories are formed from what members say.</summary>
    public string MemoryForming { get; init; } = "off";

    /// <summary><c>off</c>, <c>rules</c> or <c>model</c>: how memories are consolidated each night.</summary>
    public string MemoryConsolidation { get; init; } = "off";

    /// <summary>Tokens of a run's context that memories may take; 0: runs are given none.</summary>
    public int MemoryTokens { get; init; }

    /// <summary>What the organization takes as attachments.</summary>
    public AttachmentSettings Attachments { get; init; } = new();

    public DateTimeOffset UpdatedAt { get; init; }
}
