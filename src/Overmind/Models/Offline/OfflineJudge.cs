using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Overmind.Models.Offline;

/// <summary>The verdict on a draft: its measured score, what decided it, and what is concretely missing.</summary>
static class OfflineJudge
{
    const int MostNamed = 6;

    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Inspect(OfflinePrompt prompt)
    {
        var measures = DraftMeasures.Of(prompt);
        return new JsonObject
        {
            ["score"] = measures.Score,
            ["rationale"] = Rationale(measures),
            ["repair_directive"] = Directive(measures),
            ["measures"] = new JsonObject
            {
                ["coverage"] = Math.Round(measures.Coverage, 3),
                ["depth"] = Math.Round(measures.Depth, 3),
                ["insights"] = Math.Round(measures.Insights, 3),
                ["form"] = Math.Round(measures.Form, 3),
                ["structure"] = Math.Round(measures.Structure, 3),
                ["specificity"] = Math.Round(measures.Specificity, 3),
                ["variety"] = Math.Round(measures.Variety, 3),
                ["length"] = Math.Round(measures.Length, 3),
                ["cap"] = measures.Cap,
            },
        }.ToJsonString(Json);
    }

    static string Rationale(DraftMeasures measures)
    {
        var counted = $"It takes up {measures.Coverage * 100:0} % of the question's weighted words, to a depth of {measures.Depth * 100:0} %,"
            + $" and {measures.Insights * 100:0} % of the insights;"
            + $" structure {measures.Structure * 100:0} %, specificity {measures.Specificity * 100:0} %, variety {measures.Variety * 100:0} %, length {measures.Length * 100:0} %.";
        var missing = measures.MissingPhrases.Count == 0 ? "" : $" Missing: {Named(measures.MissingPhrases)}.";
        var form = measures.MissingForm.Count == 0 ? "" : $" It lacks {string.Join(" and ", measures.MissingForm)}.";
        return $"{(measures.Fault is null ? "" : measures.Fault + " ")}{counted}{form}{missing}";
    }

    static string Directive(DraftMeasures measures)
    {
        var parts = new List<string>();
        if (measures.Fault is not null) parts.Add($"{measures.Fault} Write it anew and in full.");
        if (measures.MissingPhrases.Count > 0) parts.Add($"Take up what the draft leaves out: {Named(measures.MissingPhrases)}.");
        if (measures.ThinPhrases.Count > 0) parts.Add($"Say more about what it only names: {Named(measures.ThinPhrases)}.");
        if (measures.MissingForm.Count > 0) parts.Add($"Keep to the form: it lacks {string.Join(" and ", measures.MissingForm)}.");
        if (measures.MissingInsights.Count > 0) parts.Add($"Carry over {measures.MissingInsights.Count} of the insights that the draft lost.");
        if (measures.Structure < 1) parts.Add("Give it headings or a list, and a complete end.");
        if (measures.Specificity < 0.8) parts.Add("Say more in fewer words.");
        if (measures.Variety < 0.8) parts.Add("Remove repetitions.");
        if (measures.Length < 0.9) parts.Add("Bring its length between 40 and 900 words.");
        return string.Join(" ", parts);
    }

    static string Named(IReadOnlyList<Phrase> phrases) => string.Join(", ", phrases.Take(MostNamed).Select(p => Quotes.Around(p.Text)));
}
