using System.Text.Json;
using System.Text.Json.Serialization;
using Overmind.Conversations.Attachments;
using Overmind.Conversations.Moderation;
using Overmind.Conversations.Search;
using Overmind.Memory;
using Overmind.Memory.Consolidation;
using Overmind.Memory.Forming;
using Overmind.Models;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>
/// What the runs of an organization use where neither they, nor their conversation, nor their workflow say anything; null: the installation's.
/// And what is kept and counted of them (<c>organizations.settings</c>). In JSON as it stands here, in snake_case.
/// </summary>
public sealed record OrganizationSettings
{
    /// <summary>A hundred years, the most of <see cref="DataRetentionDays"/> and <see cref="AuditRetentionDays"/>.</summary>
    public const int MaxRetentionDays = 36_500;

    /// <summary>The least of <see cref="AuditRetentionDays"/>.</summary>
    public const int MinAuditRetentionDays = 30;

    /// <summary>The most of <see cref="MemoryTokens"/>.</summary>
    public const int MaxMemoryTokens = 8_000;

    /// <summary>Thirty days, the most of <see cref="SessionTimeoutMinutes"/>.</summary>
    public const int MaxSessionTimeoutMinutes = 43_200;

    const int DefaultSessionTimeoutMinutes = 30;

    /// <summary>Always <c>organization.settings</c>.</summary>
    public string Object { get; } = "organization.settings";

    /// <summary>The first part of <c>provider/model</c>; set together with <see cref="DefaultModel"/>.</summary>
    public string? DefaultLlmProvider { get; init; }

    /// <summary>The model of all parts of a run that <see cref="Models"/> does not name.</summary>
    public string? DefaultModel { get; init; }

    public OrganizationModels Models { get; init; } = new();

    /// <summary>0 to 10.</summary>
    public double? QualityThreshold { get; init; }

    /// <summary>1 to 20.</summary>
    public int? MaxN2Iterations { get; init; }

    /// <summary>The most a run may cost, above 0, in US dollars (a decimal string in JSON).</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal? CostCapUsd { get; init; }

    /// <summary>Seconds a run may take, from 1.</summary>
    public int? DeadlineSeconds { get; init; }

    /// <summary>Each iteration from this one on waits for an approval, 1 to 20.</summary>
    public int? ApproveFromIteration { get; init; }

    /// <summary>An iteration that may bring the cost above this waits for an approval; above 0, in US dollars (a decimal string in JSON).</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal? ApproveAboveUsd { get; init; }

    /// <summary>Conversations without activity for so many days are deleted with everything under them, 1 to 36500; null: they are kept. The ledger stays.</summary>
    public int? DataRetentionDays { get; init; }

    /// <summary>Acts in the audit log are deleted after so many days, 30 to 36500; null: they are kept. Their hashes stay.</summary>
    public int? AuditRetentionDays { get; init; }

    /// <summary>Whether uses of agents and workflows and the quality of their answers are counted. Default: true.</summary>
    public bool EnableAnalytics { get; init; } = true;

    /// <summary>Whether calls are answered from the response cache, where a request does not say.</summary>
    public ResponseCacheSettings ResponseCache { get; init; } = new();

    /// <summary>Active conversations without a message for so many days are archived, 1 to 36500; null: they are not.</summary>
    public int? AutoArchiveDays { get; init; }

    /// <summary>Active sessions of conversations in which nothing was said for so many minutes are abandoned, 1 to 43200. Default: 30.</summary>
    public int SessionTimeoutMinutes { get; init; } = DefaultSessionTimeoutMinutes;

    /// <summary>Language in which messages and titles are searched. Default: simple, which takes words as they are written, of whatever language.</summary>
    public SearchLanguage SearchLanguage { get; init; }

    /// <summary>By what messages are moderated before they are stored.</summary>
    public ModerationSettings Moderation { get; init; } = new();

    /// <summary>What the organization takes as attachments.</summary>
    public AttachmentSettings Attachments { get; init; } = new();

    /// <summary>How memories fade and are pruned.</summary>
    public MemorySettings Memory { get; init; } = new();

    /// <summary>How much each part of a search's score counts, where the search does not say.</summary>
    public SearchWeights SearchWeights { get; init; } = SearchWeights.Preset;

    /// <summary>How memories are formed from what members say. Default: off, because what is kept of people is theirs to decide.</summary>
    public FormingMode MemoryForming { get; init; }

    /// <summary>How memories are consolidated each night. Default: off.</summary>
    public ConsolidationMode MemoryConsolidation { get; init; }

    /// <summary>Tokens of a run's context that memories may take, 0 to 8000; 0: runs are given none. Default: 500.</summary>
    public int MemoryTokens { get; init; } = 500;

    /// <summary>When the organization was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    internal ModelReference? AgentModel => Reference(Models.Agents) ?? Default;

    internal ModelReference? SynthesisModel => Reference(Models.Synthesis) ?? Default;

    internal ModelReference? JudgeModel => Reference(Models.Judge);

    ModelReference? Default => DefaultLlmProvider is null || DefaultModel is null ? null : new ModelReference(DefaultLlmProvider, DefaultModel);

    /// <summary>What is stored is free-form for SQL clients: a member of another type or out of range counts as not set.</summary>
    /// <param name="settings">A JSON object; null for none.</param>
    internal static OrganizationSettings Read(string? settings)
    {
        if (settings is null) return new OrganizationSettings();
        using var document = JsonDocument.Parse(settings);
        var root = document.RootElement;
        var approvals = ApprovalRules.Read(root);
        return new OrganizationSettings
        {
            DefaultLlmProvider = Text(root, "default_llm_provider"),
            DefaultModel = Text(root, "default_model"),
            Models = root.TryGetProperty("models", out var models) && models.ValueKind is JsonValueKind.Object
                ? new OrganizationModels { Agents = Text(models, "agents"), Synthesis = Text(models, "synthesis"), Judge = Text(models, "judge") }
                : new OrganizationModels(),
            QualityThreshold = Number(root, "quality_threshold") is >= 0 and <= 10 and var threshold ? (double)threshold : null,
            MaxN2Iterations = Number(root, "max_n2_iterations") is >= 1 and <= 20 and var iterations ? (int)iterations : null,
            CostCapUsd = Number(root, "cost_cap_usd") is > 0 and var cap ? cap : null,
            DeadlineSeconds = Number(root, "deadline_seconds") is >= 1 and <= int.MaxValue and var seconds ? (int)seconds : null,
            ApproveFromIteration = approvals.FromIteration,
            ApproveAboveUsd = approvals.AboveUsd,
            DataRetentionDays = Days(root, "data_retention_days", 1),
            AuditRetentionDays = Days(root, "audit_retention_days", MinAuditRetentionDays),
            ResponseCache = root.TryGetProperty("response_cache", out var cache) && cache.ValueKind is JsonValueKind.Object ? ResponseCacheOf(cache) : new ResponseCacheSettings(),
            AutoArchiveDays = Days(root, "auto_archive_days", 1),
            SessionTimeoutMinutes = Number(root, "session_timeout_minutes") is >= 1 and <= MaxSessionTimeoutMinutes and var minutes && minutes == decimal.Truncate(minutes)
                ? (int)minutes
                : DefaultSessionTimeoutMinutes,
            SearchLanguage = Text(root, "search_language") is { } language ? LowerSnake.Read<SearchLanguage>(language) ?? SearchLanguage.Simple : SearchLanguage.Simple,
            Moderation = ModerationSettings.Read(root),
            Attachments = AttachmentSettings.Read(root),
            Memory = MemorySettings.Read(root),
            SearchWeights = SearchWeights.Read(root),
            MemoryForming = Text(root, "memory_forming") is { } forming ? LowerSnake.Read<FormingMode>(forming) ?? FormingMode.Off : FormingMode.Off,
            MemoryConsolidation = Text(root, "memory_consolidation") is { } consolidation
                ? LowerSnake.Read<ConsolidationMode>(consolidation) ?? ConsolidationMode.Off
                : ConsolidationMode.Off,
            MemoryTokens = Number(root, "memory_tokens") is >= 0 and <= MaxMemoryTokens and var tokens ? (int)tokens : new OrganizationSettings().MemoryTokens,
            EnableAnalytics = !(root.TryGetProperty("enable_analytics", out var analytics) && analytics.ValueKind is JsonValueKind.False),
        };
    }

    static ResponseCacheSettings ResponseCacheOf(JsonElement cache) => new()
    {
        Mode = Text(cache, "mode") is { } mode ? LowerSnake.Read<CacheMode>(mode) ?? CacheMode.Off : CacheMode.Off,
        TtlSeconds = Number(cache, "ttl_seconds") is >= 1 and <= ResponseCacheSettings.MaxTtlSeconds and var ttl ? (int)ttl : ResponseCacheSettings.DefaultTtlSeconds,
        MinSimilarity = (double?)Number(cache, "min_similarity") is >= ResponseCacheSettings.LeastSimilarity and <= 1 and var least
            ? least
            : ResponseCacheSettings.DefaultSimilarity,
    };

    static ModelReference? Reference(string? model) => model is null ? null : ModelReference.Parse(model);

    static string? Text(JsonElement settings, string name) =>
        settings.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    static int? Days(JsonElement settings, string name, int least) =>
        Number(settings, name) is { } days && days >= least && days <= MaxRetentionDays && days == decimal.Truncate(days) ? (int)days : null;

    static decimal? Number(JsonElement settings, string name) =>
        settings.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDecimal(out var number) ? number : null;
}
