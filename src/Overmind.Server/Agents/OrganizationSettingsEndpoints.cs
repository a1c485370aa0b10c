using Overmind.Access;
using Overmind.Agents;
using Overmind.Conversations.Search;
using Overmind.Errors;
using Overmind.Memory;
using Overmind.Server.Conversations;
using Overmind.Memory.Consolidation;
using Overmind.Memory.Forming;
using Overmind.Server.Http;
using Overmind.Server.Memory;
using Overmind.Usage.Cache;

namespace Overmind.Server.Agents;

/// <summary><c>/v1/settings</c>: those of the key's organization.</summary>
sealed class OrganizationSettingsEndpoints(OrganizationSettingsService settings)
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/v1/settings", GetAsync);
        routes.Patch("/v1/settings", ChangeAsync);
        routes.Get("/v1/settings/retention", PreviewRetentionAsync);
        routes.Get("/v1/settings/audit_retention", PreviewAuditRetentionAsync);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(http, await settings.GetAsync(caller.Claims, http.RequestAborted));
    }

    async Task ChangeAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var patch = new OrganizationSettingsPatch
        {
            DefaultLlmProvider = body.Change("default_llm_provider", body.Text),
            DefaultModel = body.Change("default_model", body.Text),
            Models = body.Change("models", name => Models(body, name)),
            QualityThreshold = body.Change("quality_threshold", body.Number),
            MaxN2Iterations = body.Change("max_n2_iterations", body.Integer),
            CostCapUsd = body.Change("cost_cap_usd", body.Amount),
            DeadlineSeconds = body.Change("deadline_seconds", body.Integer),
            ApproveFromIteration = body.Change("approve_from_iteration", body.Integer),
            ApproveAboveUsd = body.Change("approve_above_usd", body.Amount),
            DataRetentionDays = body.Change("data_retention_days", body.Integer),
            AuditRetentionDays = body.Change("audit_retention_days", body.Integer),
            EnableAnalytics = body.Change("enable_analytics", body.Flag),
            ResponseCache = body.Change("response_cache", name => ResponseCache(body, name)),
            AutoArchiveDays = body.Change("auto_archive_days", body.Integer),
            SessionTimeoutMinutes = body.Change("session_timeout_minutes", body.Integer),
            SearchLanguage = body.Change("search_language", body.Word<SearchLanguage>),
            MemoryForming = body.Change("memory_forming", body.Word<FormingMode>),
            MemoryConsolidation = body.Change("memory_consolidation", body.Word<ConsolidationMode>),
            MemoryTokens = body.Change("memory_tokens", body.Integer),
            Attachments = body.Change("attachments", name => AttachmentMembers.Read(body, name)),
            Moderation = body.Change("moderation", name => ModerationMembers.Read(body, name)),
            Memory = body.Change("memory", name => Memory(body, name)),
            SearchWeights = body.Change("search_weights", name => MemorySearchEndpoints.Weights(body.Object(name))),
        };
        body.End();
        await WriteAsync(http, await settings.ChangeAsync(caller.Claims, patch, EntityTag.Required(http.Request), http.RequestAborted));
    }

    async Task PreviewRetentionAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly("data_retention_days");
        var days = http.Request.IntegerParameter("data_retention_days")
            ?? throw new OvermindException(ErrorCode.InvalidParameter, "data_retention_days says which number of days is to be looked at, 1 to 36500.", "data_retention_days");
        var preview = await settings.PreviewRetentionAsync(caller.Claims, days, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, preview, ServerJson.Default.RetentionPreview);
    }

    async Task PreviewAuditRetentionAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly("audit_retention_days");
        var days = http.Request.IntegerParameter("audit_retention_days")
            ?? throw new OvermindException(ErrorCode.InvalidParameter, "audit_retention_days says which number of days is to be looked at, 30 to 36500.", "audit_retention_days");
        var preview = await settings.PreviewAuditRetentionAsync(caller.Claims, days, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, preview, ServerJson.Default.AuditRetentionPreview);
    }

    static OrganizationModels? Models(JsonMembers body, string name)
    {
        using var given = body.Object(name);
        if (given is null) return null;
        var models = new OrganizationModels { Agents = given.Text("agents"), Synthesis = given.Text("synthesis"), Judge = given.Text("judge") };
        given.End();
        return models;
    }

    static ResponseCacheSettings? ResponseCache(JsonMembers body, string name)
    {
        using var given = body.Object(name);
        if (given is null) return null;
        var preset = new ResponseCacheSettings();
        var settings = new ResponseCacheSettings
        {
            Mode = given.RequiredWord<CacheMode>("mode"),
            TtlSeconds = given.Integer("ttl_seconds") ?? preset.TtlSeconds,
            MinSimilarity = given.Number("min_similarity") ?? preset.MinSimilarity,
        };
        given.End();
        return settings;
    }

    static MemorySettings? Memory(JsonMembers body, string name)
    {
        using var given = body.Object(name);
        if (given is null) return null;
        var preset = new MemorySettings();
        var settings = new MemorySettings
        {
            HalfLifeDays = given.Number("half_life_days") ?? preset.HalfLifeDays,
            RecencyFloor = given.Number("recency_floor") ?? preset.RecencyFloor,
            Prune = given.Flag("prune") ?? preset.Prune,
            PruneBelow = given.Number("prune_below") ?? preset.PruneBelow,
            PruneAfterDays = given.Integer("prune_after_days") ?? preset.PruneAfterDays,
        };
        given.End();
        return settings;
    }

    static Task WriteAsync(HttpContext http, OrganizationSettings settings) =>
        http.WriteJsonAsync(StatusCodes.Status200OK, settings, settings.UpdatedAt, ServerJson.Default.OrganizationSettings);
}
