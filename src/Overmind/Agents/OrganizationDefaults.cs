using System.Text.Json;
using Overmind.Models;

namespace Overmind.Agents;

/// <summary>
/// What an organization's settings say about runs: <c>quality_threshold</c>, <c>max_n2_iterations</c>, <c>cost_cap_usd</c>, <c>deadline_seconds</c>,
/// <c>approve_from_iteration</c>, <c>approve_above_usd</c>, and <c>models</c> with <c>agents</c>, <c>synthesis</c> and <c>judge</c> (<c>provider/model</c> each).
/// The settings are free-form: a member of another type or out of range counts as not set.
/// </summary>
sealed record OrganizationDefaults
{
    public double? QualityThreshold { get; private init; }

    public int? MaxN2Iterations { get; private init; }

    public decimal? CostCapUsd { get; private init; }

    public int? DeadlineSeconds { get; private init; }

    public ApprovalRules Approvals { get; private init; } = new(null, null);

    public ModelReference? AgentModel { get; private init; }

    public ModelReference? SynthesisModel { get; private init; }

    public ModelReference? JudgeModel { get; private init; }

    /// <param name="settings">The organization's settings, a JSON object; null for none.</param>
    public static OrganizationDefaults Read(string? settings)
    {
        if (settings is null) return new OrganizationDefaults();
        using var document = JsonDocument.Parse(settings);
        var root = document.RootElement;
        return new OrganizationDefaults
        {
            QualityThreshold = Number(root, "quality_threshold") is >= 0 and <= 10 and var threshold ? (double)threshold : null,
            MaxN2Iterations = Number(root, "max_n2_iterations") is >= 1 and <= 20 and var iterations ? (int)iterations : null,
            CostCapUsd = Number(root, "cost_cap_usd") is > 0 and var cap ? cap : null,
            DeadlineSeconds = Number(root, "deadline_seconds") is >= 1 and <= int.MaxValue and var seconds ? (int)seconds : null,
            Approvals = ApprovalRules.Read(root),
            AgentModel = Model(root, "agents"),
            SynthesisModel = Model(root, "synthesis"),
            JudgeModel = Model(root, "judge"),
        };
    }

    static decimal? Number(JsonElement settings, string name) =>
        settings.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDecimal(out var number) ? number : null;

    static ModelReference? Model(JsonElement settings, string name) =>
        settings.TryGetProperty("models", out var models) && models.ValueKind is JsonValueKind.Object
        && models.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? ModelReference.Parse(value.GetString()!)
            : null;
}
