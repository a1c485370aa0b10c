using System.Text.Json;

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

    static decimal? Number(JsonElement settings, string name) =>
        settings.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDecimal(out var number) ? number : null;
}
