using Overmind.Agents;
using Overmind.Memory.Forming;
using Overmind.Models;

namespace Overmind.WebConsole.Settings;

/// <summary>An organization's settings while they are edited; empty: the installation's.</summary>
public sealed class SettingsForm
{
    /// <summary>As <c>provider/model</c>, as the other three.</summary>
    public string? DefaultModel { get; set; }

    public string? AgentModel { get; set; }

    public string? SynthesisModel { get; set; }

    public string? JudgeModel { get; set; }

    public double? QualityThreshold { get; set; }

    public int? MaxN2Iterations { get; set; }

    public decimal? CostCapUsd { get; set; }

    public int? DeadlineSeconds { get; set; }

    public int? ApproveFromIteration { get; set; }

    public decimal? ApproveAboveUsd { get; set; }

    public int? DataRetentionDays { get; set; }

    public int? AuditRetentionDays { get; set; }

    public bool EnableAnalytics { get; set; } = true;

    public FormingMode MemoryForming { get; set; }

    public int? MemoryTokens { get; set; } = new OrganizationSettings().MemoryTokens;

    public static SettingsForm Of(OrganizationSettings settings) => new()
    {
        DefaultModel = settings.DefaultModel is null ? null : $"{settings.DefaultLlmProvider}/{settings.DefaultModel}",
        AgentModel = settings.Models.Agents,
        SynthesisModel = settings.Models.Synthesis,
        JudgeModel = settings.Models.Judge,
        QualityThreshold = settings.QualityThreshold,
        MaxN2Iterations = settings.MaxN2Iterations,
        CostCapUsd = settings.CostCapUsd,
        DeadlineSeconds = settings.DeadlineSeconds,
        ApproveFromIteration = settings.ApproveFromIteration,
        ApproveAboveUsd = settings.ApproveAboveUsd,
        DataRetentionDays = settings.DataRetentionDays,
        AuditRetentionDays = settings.AuditRetentionDays,
        EnableAnalytics = settings.EnableAnalytics,
        MemoryForming = settings.MemoryForming,
        MemoryTokens = settings.MemoryTokens,
    };

    /// <summary>All of them: what is empty is the installation's again.</summary>
    public OrganizationSettingsPatch ToPatch()
    {
        var written = Text(DefaultModel);
        // What is no reference is sent as a model without a provider, so that the refusal is the service's.
        var model = written is null ? null : ModelReference.Parse(written);
        var models = new OrganizationModels { Agents = Text(AgentModel), Synthesis = Text(SynthesisModel), Judge = Text(JudgeModel) };
        return new OrganizationSettingsPatch
        {
            DefaultLlmProvider = new(model?.Provider),
            DefaultModel = new(model?.Model ?? written),
            Models = new(models == new OrganizationModels() ? null : models),
            QualityThreshold = new(QualityThreshold),
            MaxN2Iterations = new(MaxN2Iterations),
            CostCapUsd = new(CostCapUsd),
            DeadlineSeconds = new(DeadlineSeconds),
            ApproveFromIteration = new(ApproveFromIteration),
            ApproveAboveUsd = new(ApproveAboveUsd),
            DataRetentionDays = new(DataRetentionDays),
            AuditRetentionDays = new(AuditRetentionDays),
            EnableAnalytics = new(EnableAnalytics),
            MemoryForming = new(MemoryForming),
            MemoryTokens = new(MemoryTokens),
        };
    }

    /// <summary>Whether it says the same as another.</summary>
    public bool SaysAs(SettingsForm other) => ToPatch() == other.ToPatch();

    static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
