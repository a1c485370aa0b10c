using System.Text.Json.Nodes;
using Overmind.Conversations.Attachments;
using Overmind.Conversations.Moderation;
using Overmind.Conversations.Search;
using Overmind.Errors;
using Overmind.Memory;
using Overmind.Memory.Consolidation;
using Overmind.Memory.Forming;
using Overmind.Models;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>What is to change in an organization's settings; a member left null stays as it is, and one changed to null is the installation's again.</summary>
public sealed record OrganizationSettingsPatch
{
    /// <summary>Together with <see cref="DefaultModel"/>.</summary>
    public Change<string?>? DefaultLlmProvider { get; init; }

    /// <summary>Together with <see cref="DefaultLlmProvider"/>.</summary>
    public Change<string?>? DefaultModel { get; init; }

    /// <summary>All three parts, replacing what is there.</summary>
    public Change<OrganizationModels?>? Models { get; init; }

    /// <summary>0 to 10.</summary>
    public Change<double?>? QualityThreshold { get; init; }

    /// <summary>1 to 20.</summary>
    public Change<int?>? MaxN2Iterations { get; init; }

    /// <summary>Above 0.</summary>
    public Change<decimal?>? CostCapUsd { get; init; }

    /// <summary>From 1.</summary>
    public Change<int?>? DeadlineSeconds { get; init; }

    /// <summary>1 to 20.</summary>
    public Change<int?>? ApproveFromIteration { get; init; }

    /// <summary>Above 0.</summary>
    public Change<decimal?>? ApproveAboveUsd { get; init; }

    /// <summary>1 to 36500; to null: conversations are kept.</summary>
    public Change<int?>? DataRetentionDays { get; init; }

    /// <summary>30 to 36500; to null: the audit log is kept.</summary>
    public Change<int?>? AuditRetentionDays { get; init; }

    public Change<bool?>? EnableAnalytics { get; init; }

    /// <summary>All of it, replacing what is there.</summary>
    public Change<ResponseCacheSettings?>? ResponseCache { get; init; }

    /// <summary>1 to 36500; to null: conversations are not archived by themselves.</summary>
    public Change<int?>? AutoArchiveDays { get; init; }

    /// <summary>1 to 43200; to null: 30.</summary>
    public Change<int?>? SessionTimeoutMinutes { get; init; }

    /// <summary>To null: simple. What is there is indexed anew within some minutes.</summary>
    public Change<SearchLanguage?>? SearchLanguage { get; init; }

    /// <summary>All of it, replacing what is there; to null: messages are not moderated.</summary>
    public Change<ModerationSettings?>? Moderation { get; init; }

    /// <summary>All of it, replacing what is there; to null: the defaults.</summary>
    public Change<AttachmentSettings?>? Attachments { get; init; }

    /// <summary>All of it, replacing what is there.</summary>
    public Change<MemorySettings?>? Memory { get; init; }

    /// <summary>All of them; null: as preset.</summary>
    public Change<SearchWeights?>? SearchWeights { get; init; }

    /// <summary>To null: off.</summary>
    public Change<FormingMode?>? MemoryForming { get; init; }

    /// <summary>To null: off.</summary>
    public Change<ConsolidationMode?>? MemoryConsolidation { get; init; }

    /// <summary>0 to 8000; to null: 500.</summary>
    public Change<int?>? MemoryTokens { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        var (provider, model) = (DefaultLlmProvider?.Value, DefaultModel?.Value);
        checks.Text("default_llm_provider", provider, 1, 100);
        checks.Require(
            provider?.Contains('/', StringComparison.Ordinal) is not true, "default_llm_provider", "default_llm_provider is a provider's key, without a slash.");
        checks.Text("default_model", model, 1, 200);
        checks.Require(
            (DefaultLlmProvider is null) == (DefaultModel is null) && (provider is null) == (model is null),
            provider is null ? "default_llm_provider" : "default_model", "default_llm_provider and default_model go together: send both, or null for both.");
        Reference(ref checks, "models.agents", Models?.Value?.Agents);
        Reference(ref checks, "models.synthesis", Models?.Value?.Synthesis);
        Reference(ref checks, "models.judge", Models?.Value?.Judge);
        checks.Require(QualityThreshold?.Value is null or (>= 0 and <= 10), "quality_threshold", $"quality_threshold is 0 to 10, not {QualityThreshold?.Value}.");
        checks.Require(MaxN2Iterations?.Value is null or (>= 1 and <= 20), "max_n2_iterations", $"max_n2_iterations is 1 to 20, not {MaxN2Iterations?.Value}.");
        checks.Require(CostCapUsd?.Value is null or > 0, "cost_cap_usd", "cost_cap_usd is above 0. Send null for no cap.");
        checks.Require(DeadlineSeconds?.Value is null or >= 1, "deadline_seconds", "deadline_seconds is at least 1. Send null for no deadline.");
        checks.Require(
            ApproveFromIteration?.Value is null or (>= 1 and <= 20), "approve_from_iteration", $"approve_from_iteration is 1 to 20, not {ApproveFromIteration?.Value}.");
        checks.Require(ApproveAboveUsd?.Value is null or > 0, "approve_above_usd", "approve_above_usd is above 0. Send null for none.");
        CheckRetention(ref checks, DataRetentionDays?.Value);
        CheckAuditRetention(ref checks, AuditRetentionDays?.Value);
        ResponseCache?.Value?.Check(ref checks, "response_cache");
        Moderation?.Value?.Check(ref checks, "moderation");
        Attachments?.Value?.Check(ref checks, "attachments");
        Memory?.Value?.Check(ref checks, "memory");
        SearchWeights?.Value?.Check(ref checks, "search_weights");
        checks.Require(
            MemoryTokens?.Value is null or (>= 0 and <= OrganizationSettings.MaxMemoryTokens), "memory_tokens",
            $"memory_tokens is 0 to {OrganizationSettings.MaxMemoryTokens}, not {MemoryTokens?.Value}. Send 0 to give runs no memories.");
        checks.Require(
            AutoArchiveDays?.Value is null or (>= 1 and <= OrganizationSettings.MaxRetentionDays), "auto_archive_days",
            $"auto_archive_days is 1 to {OrganizationSettings.MaxRetentionDays}, not {AutoArchiveDays?.Value}. Send null to archive none.");
        checks.Require(
            SessionTimeoutMinutes?.Value is null or (>= 1 and <= OrganizationSettings.MaxSessionTimeoutMinutes), "session_timeout_minutes",
            $"session_timeout_minutes is 1 to {OrganizationSettings.MaxSessionTimeoutMinutes}, not {SessionTimeoutMinutes?.Value}. Send null for 30.");
        checks.ThrowIfAny();
    }

    internal static void CheckRetention(ref Checks checks, int? days) => checks.Require(
        days is null or (>= 1 and <= OrganizationSettings.MaxRetentionDays), "data_retention_days",
        $"data_retention_days is 1 to {OrganizationSettings.MaxRetentionDays}, not {days}. Send null to keep conversations.");

    internal static void CheckAuditRetention(ref Checks checks, int? days) => checks.Require(
        days is null or (>= OrganizationSettings.MinAuditRetentionDays and <= OrganizationSettings.MaxRetentionDays), "audit_retention_days",
        $"audit_retention_days is {OrganizationSettings.MinAuditRetentionDays} to {OrganizationSettings.MaxRetentionDays}, not {days}. Send null to keep the audit log.");

    /// <summary>The models it names, each with the member that names it.</summary>
    internal IEnumerable<(string Param, ModelReference Model)> Named()
    {
        if (DefaultLlmProvider?.Value is { } provider) yield return ("default_model", new ModelReference(provider, DefaultModel!.Value!));
        if (Models?.Value is not { } models) yield break;
        if (models.Agents is { } agents) yield return ("models.agents", ModelReference.Parse(agents)!);
        if (models.Synthesis is { } synthesis) yield return ("models.synthesis", ModelReference.Parse(synthesis)!);
        if (models.Judge is { } judge) yield return ("models.judge", ModelReference.Parse(judge)!);
    }

    internal MemberChanges Changes() => new MemberChanges()
        .Add("default_llm_provider", DefaultLlmProvider, provider => provider)
        .Add("default_model", DefaultModel, model => model)
        .Add("models", Models, models => Write(models!))
        .Add("quality_threshold", QualityThreshold, threshold => threshold)
        .Add("max_n2_iterations", MaxN2Iterations, iterations => iterations)
        .Add("cost_cap_usd", CostCapUsd, cap => cap)
        .Add("deadline_seconds", DeadlineSeconds, seconds => seconds)
        .Add("approve_from_iteration", ApproveFromIteration, iteration => iteration)
        .Add("approve_above_usd", ApproveAboveUsd, amount => amount)
        .Add("data_retention_days", DataRetentionDays, days => days)
        .Add("audit_retention_days", AuditRetentionDays, days => days)
        .Add("enable_analytics", EnableAnalytics, enabled => enabled)
        .Add("response_cache", ResponseCache, cache => cache!.ToJson())
        .Add("auto_archive_days", AutoArchiveDays, days => days)
        .Add("session_timeout_minutes", SessionTimeoutMinutes, minutes => minutes)
        .Add("search_language", SearchLanguage, language => LowerSnake.Write(language!.Value))
        .Add("moderation", Moderation, moderation => moderation!.ToJson())
        .Add("attachments", Attachments, attachments => attachments!.ToJson())
        .Add("memory", Memory, memory => memory!.ToJson())
        .Add("search_weights", SearchWeights, weights => weights!.ToObject())
        .Add("memory_forming", MemoryForming, forming => LowerSnake.Write(forming!.Value))
        .Add("memory_consolidation", MemoryConsolidation, consolidation => LowerSnake.Write(consolidation!.Value))
        .Add("memory_tokens", MemoryTokens, tokens => tokens);

    static JsonObject Write(OrganizationModels models)
    {
        var written = new JsonObject();
        if (models.Agents is { } agents) written["agents"] = agents;
        if (models.Synthesis is { } synthesis) written["synthesis"] = synthesis;
        if (models.Judge is { } judge) written["judge"] = judge;
        return written;
    }

    static void Reference(ref Checks checks, string param, string? model)
    {
        checks.Text(param, model, 1, 301);
        checks.Require(model is null || ModelReference.Parse(model) is not null, param, $"{param} is provider/model, as openai/gpt-4-turbo.");
    }
}
