using System.Text.Json;
using Overmind.Errors;

namespace Overmind.Agents;

/// <summary>
/// What free-form settings (an organization's, a workflow's) say about approvals: <c>approve_from_iteration</c> and <c>approve_above_usd</c>.
/// A member of another type or out of range counts as not set.
/// </summary>
/// <param name="FromIteration">Each iteration from this one on waits for an approval, 1 to 20; null: not set.</param>
/// <param name="AboveUsd">An iteration that may bring the run's cost above this waits for one; null: not set.</param>
sealed record ApprovalRules(int? FromIteration, decimal? AboveUsd)
{
    public static ApprovalRules Read(JsonElement settings) => new(
        Number(settings, "approve_from_iteration") is >= 1 and <= 20 and var iteration ? (int)iteration : null,
        Number(settings, "approve_above_usd") is > 0 and var amount ? amount : null);

    /// <summary>Refuses what would count as not set: a run that should have waited would not.</summary>
    public static void Check(ref Checks checks, string? settings)
    {
        if (settings is null) return;
        var given = JsonElement.Parse(settings);
        var read = Read(given);
        checks.Require(read.FromIteration is not null || !IsSet(given, "approve_from_iteration"), "settings.approve_from_iteration", "settings.approve_from_iteration is a number from 1 to 20.");
        checks.Require(read.AboveUsd is not null || !IsSet(given, "approve_above_usd"), "settings.approve_above_usd", "settings.approve_above_usd is a number of US dollars above 0.");
    }

    static bool IsSet(JsonElement settings, string name) => settings.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null;

    static decimal? Number(JsonElement settings, string name) =>
        settings.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDecimal(out var number) ? number : null;
}
