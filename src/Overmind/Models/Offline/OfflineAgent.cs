using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Overmind.Models.Offline;

/// <summary>
/// An agent's answer: four sentences about phrases of the question and its context, seen through the lens of its role. With a repair directive
/// it takes up first what that names, each role beginning at another place of it.
/// </summary>
static class OfflineAgent
{
    const int Lines = 4;

    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Answer(OfflinePrompt prompt)
    {
        var sentences = Sentences(prompt, Lens.Of(prompt.Role), prompt.Topic());
        return prompt.OutputFormat switch
        {
            "sim_4_lines" => string.Join("\n", sentences.Select((s, i) => $"{i + 1}. {s}")),
            "json" => new JsonObject
            {
                ["points"] = new JsonArray([.. sentences.Select(s => (JsonNode)s)]),
                ["model"] = "offline",
            }.ToJsonString(Json),
            _ => string.Join("\n", sentences.Select(s => $"- {s}")),
        };
    }

    public static List<string> Sentences(OfflinePrompt prompt, Lens lens, Topic topic)
    {
        var phrases = Chosen(prompt, lens, topic);
        var firstFrame = prompt.Directive is null ? 0 : Lines;
        // What went back was too long: nothing else can be wrong with it.
        if (prompt.IsSentBack) return [.. phrases.Select(p => $"{Quotes.Around(Words.OneLine(p, 24))}.")];
        var said = phrases.Select((p, i) => lens.Say(firstFrame + i, p, phrases[(i + 1) % phrases.Count])).ToList();
        var material = prompt.Directive is null ? topic.Sentences : Fresh(prompt, topic);
        // The roles share the material out, so that no sentence is quoted twice.
        if (lens.Index < material.Count) said[2] = lens.Cite(material[lens.Index]);
        if (lens.Index + Lens.All.Count < material.Count) said[3] = lens.Cite(material[lens.Index + Lens.All.Count]);
        return said;
    }

    /// <summary>Sentences of the material about what the directive names that no answer has quoted yet.</summary>
    static List<string> Fresh(OfflinePrompt prompt, Topic topic)
    {
        var wanted = prompt.Wanted();
        var quoted = prompt.PreviousAnswers.Concat(prompt.Answers).SelectMany(a => Quotes.In(a.Text)).ToHashSet();
        return [.. topic.Sentences.Where(s => !quoted.Contains(s.TrimEnd('.')) && wanted.Exists(p => s.Contains(p, StringComparison.Ordinal)))];
    }

    /// <summary>Exactly four, the same one again when there are fewer.</summary>
    static List<string> Chosen(OfflinePrompt prompt, Lens lens, Topic topic)
    {
        var wanted = Rotated(prompt.Wanted(), lens.Index * Lines);
        var taken = prompt.Answers.Concat(prompt.PreviousAnswers).SelectMany(a => Words.Keys(a.Text)).ToHashSet();
        var own = lens.Order(topic.Phrases).OrderBy(p => p.Keys.All(taken.Contains)).Select(p => p.Text);
        var chosen = wanted.Concat(own).Select(p => Words.OneLine(p, 140)).Where(p => p.Length > 0).Distinct().Take(Lines).ToList();
        if (chosen.Count == 0) chosen.Add("the request");
        return [.. Enumerable.Range(0, Lines).Select(i => chosen[i % chosen.Count])];
    }

    static IEnumerable<string> Rotated(List<string> phrases, int by) =>
        phrases.Count == 0 ? [] : phrases.Skip(by % phrases.Count).Concat(phrases.Take(by % phrases.Count));
}
