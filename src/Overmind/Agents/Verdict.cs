using System.Text.Json;

namespace Overmind.Agents;

/// <summary>
/// The judge's answer: <c>{"score": 0 to 10, "rationale": "…", "repair_directive": "…"}</c>. A score that is missing, no JSON number or out of
/// range makes it unreadable, as does a cut-off answer: it is never clamped, guessed or taken as 0.
/// </summary>
/// <param name="Score">0 to 10.</param>
/// <param name="Rationale">Null when the judge gave none.</param>
/// <param name="RepairDirective">Null when the judge gave none.</param>
public sealed record Verdict(double Score, string? Rationale, string? RepairDirective)
{
    /// <summary>The verdict, or null and the reason in words to send back. Never throws.</summary>
    public static Verdict? Parse(string text, bool truncated, out string? reason)
    {
        if (truncated)
        {
            reason = "It was cut off at its token limit; be shorter.";
            return null;
        }

        var json = JsonAnswer.Parse(text, out reason);
        if (json is null) return null;
        if (json.Value.ValueKind is not JsonValueKind.Object || !json.Value.TryGetProperty("score", out var score))
            reason = "It has no member \"score\".";
        else if (score.ValueKind is not JsonValueKind.Number || !score.TryGetDouble(out var value))
            reason = "Its \"score\" is not a JSON number.";
        else if (value is not (>= 0 and <= 10))
            reason = "Its \"score\" is not between 0 and 10.";
        else
            return new Verdict(Math.Abs(value), Text(json.Value, "rationale"), Text(json.Value, "repair_directive"));
        return null;
    }

    static string? Text(JsonElement json, string member)
    {
        if (!json.TryGetProperty(member, out var element) || element.ValueKind is not JsonValueKind.String) return null;
        try
        {
            return string.IsNullOrWhiteSpace(element.GetString()) ? null : element.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate is legal JSON and no text.
            return null;
        }
    }
}
