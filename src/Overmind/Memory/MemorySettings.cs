using System.Text.Json;
using System.Text.Json.Nodes;
using Overmind.Errors;

namespace Overmind.Memory;

/// <summary>How an organization's memories fade and are pruned (<c>memory</c> of its settings); <c>overmind.memory_policy()</c> reads the same.</summary>
public sealed record MemorySettings
{
    /// <summary>A hundred years.</summary>
    internal const int MaxDays = 36_500;

    /// <summary>After so many days without use half of a memory's recency is left, 1 to 36,500.</summary>
    public double HalfLifeDays { get; init; } = 30;

    /// <summary>The least that recency comes to, 0 to 1.</summary>
    public double RecencyFloor { get; init; } = 0.1;

    /// <summary>Whether memories are pruned each night. Default: no, because what is forgotten cannot be asked for; the dry run says what would go.</summary>
    public bool Prune { get; init; }

    /// <summary>Importance times recency below which a memory is pruned, 0 to 1.</summary>
    public double PruneBelow { get; init; } = 0.1;

    /// <summary>How old it is at least then, 1 to 36,500 days.</summary>
    public int PruneAfterDays { get; init; } = 90;

    internal void Check(ref Checks checks, string param)
    {
        checks.Require(HalfLifeDays is >= 1 and <= MaxDays, $"{param}.half_life_days", $"half_life_days is 1 to {MaxDays}, not {HalfLifeDays}.");
        checks.Require(RecencyFloor is >= 0 and <= 1, $"{param}.recency_floor", $"recency_floor is 0 to 1, not {RecencyFloor}.");
        checks.Require(PruneBelow is >= 0 and <= 1, $"{param}.prune_below", $"prune_below is 0 to 1, not {PruneBelow}.");
        checks.Require(PruneAfterDays is >= 1 and <= MaxDays, $"{param}.prune_after_days", $"prune_after_days is 1 to {MaxDays}, not {PruneAfterDays}.");
    }

    internal JsonObject ToJson() => new()
    {
        ["half_life_days"] = HalfLifeDays,
        ["recency_floor"] = RecencyFloor,
        ["prune"] = Prune,
        ["prune_below"] = PruneBelow,
        ["prune_after_days"] = PruneAfterDays,
    };

    /// <summary>A member of another type or out of range counts as not set.</summary>
    internal static MemorySettings Read(JsonElement root)
    {
        var preset = new MemorySettings();
        if (!root.TryGetProperty("memory", out var given) || given.ValueKind is not JsonValueKind.Object)
            return preset;
        return new MemorySettings
        {
            HalfLifeDays = Number("half_life_days") is >= 1 and <= MaxDays and var life ? life : preset.HalfLifeDays,
            RecencyFloor = Number("recency_floor") is >= 0 and <= 1 and var floor ? floor : preset.RecencyFloor,
            Prune = given.TryGetProperty("prune", out var prune) && prune.ValueKind is JsonValueKind.True,
            PruneBelow = Number("prune_below") is >= 0 and <= 1 and var below ? below : preset.PruneBelow,
            PruneAfterDays = Number("prune_after_days") is >= 1 and <= MaxDays and var days ? (int)days : preset.PruneAfterDays,
        };

        double? Number(string name) => given.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetDouble() : null;
    }
}
