using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Overmind.Models.Offline;

/// <summary>Observation, distillation and assembly: they choose among what the agents said by how much of the question it takes up.</summary>
static class OfflineSynthesis
{
    const int MostInsights = 5;
    const int FirstDraft = 8;
    const int MoreEachTime = 6;
    const int LongestDraft = 24;
    const int MostMemories = 5;
    const string FromMemory = "From memory";

    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Observe(OfflinePrompt prompt)
    {
        var topic = prompt.Topic();
        var said = topic.Statements(prompt.Answers.Select(a => Words.Keys(a.Text)));
        var text = new StringBuilder();
        text.Append("The request: ").Append(Quotes.Around(Topic.Ask(prompt.Question).TrimEnd('.'))).Append(". ");
        text.Append("It turns on ").Append(Listed(Weightiest(topic, 4))).Append('.');
        if (prompt.History.Count > 0) text.Append(" It continues a conversation of ").Append(prompt.History.Count).Append(" messages.");
        if (topic.Phrases.Where(p => p.Constraint).Take(2).Select(p => p.Text).ToList() is { Count: > 0 } conditions)
            text.Append(" It sets conditions on ").Append(Listed(conditions)).Append('.');
        var open = topic.In(said, 0, 0).Take(3).Select(p => p.Text).ToList();
        text.Append(open.Count > 0 ? $" These answers leave out {Listed(open)}." : " Between them the answers take up all of it.");
        return text.ToString();
    }

    public static string Distil(OfflinePrompt prompt)
    {
        var topic = prompt.Topic();
        var points = Points.Of(prompt.Answers);
        var insights = Points.Choose(topic, points, [], MostInsights).Select(p => p.Text).ToList();
        if (insights.Count == 0) insights = [.. points.Take(1).Select(p => p.Text).DefaultIfEmpty("Nothing in the answers takes up the question.")];
        var said = topic.Statements(points.Select(p => p.Keys));
        var open = topic.In(said, 0, 0).Select(p => p.Text).Where(p => prompt.Directive?.Contains(p, StringComparison.Ordinal) ?? true);
        return new JsonObject
        {
            ["core_insights"] = new JsonArray([.. insights.Select(i => (JsonNode)i)]),
            ["open_points"] = new JsonArray([.. open.Take(5).Select(p => (JsonNode)p)]),
        }.ToJsonString(Json);
    }

    public static string Assemble(OfflinePrompt prompt)
    {
        var topic = prompt.Topic();
        var kept = prompt.PreviousDraft is null ? [] : Points.OfDraft(prompt.PreviousDraft).Where(p => p.Heading != FromMemory).ToList();
        var room = kept.Count == 0 ? FirstDraft : Math.Min(MoreEachTime, LongestDraft - kept.Count);
        var all = Points.Of(prompt.Answers);
        var insights = DistilledInsights.Read(prompt.Insights)
            .Select(i => all.FirstOrDefault(p => p.Text == i) ?? new Point("", i)).Take(room).ToList();
        var chosen = insights.Concat(Points.Choose(topic, all, kept.Concat(insights), room - insights.Count));
        return Draft(prompt, topic, [.. kept.Concat(chosen).DistinctBy(p => p.Text)], Known(prompt));
    }

    /// <summary>An answer to a chat that is no part of a run: what the six lenses say of its last message.</summary>
    public static string Chat(OfflinePrompt prompt)
    {
        var topic = prompt.Topic();
        if (topic.Phrases.Count == 0) return $"There is nothing to take up in the message.\n\n{OfflineLabel.Line}";
        var points = Points.Of([.. Lens.All.Select(l => (l.Word, string.Join("\n", OfflineAgent.Sentences(prompt, l, topic))))]);
        return Draft(prompt, topic, Points.Choose(topic, points, [], FirstDraft));
    }

    /// <summary>Memories that share a word of matter with the question, each with its number.</summary>
    static List<string> Known(OfflinePrompt prompt)
    {
        var asked = Words.ContentKeys(prompt.Question).ToHashSet();
        return [.. prompt.Memories.Where(m => Words.ContentKeys(m.Text).Exists(asked.Contains)).Take(MostMemories).Select(m => $"{Words.OneLine(m.Text, 200)} [{m.By}]")];
    }

    static string Draft(OfflinePrompt prompt, Topic topic, IReadOnlyList<Point> points, IReadOnlyList<string>? known = null)
    {
        var text = new StringBuilder();
        text.Append("## ").Append(Title(topic)).Append("\n\n");
        text.Append("What carries the answer is ").Append(Listed(Weightiest(topic, 3))).Append(".\n");
        if (prompt.Attached.Count > 0) text.Append("With the question came ").Append(Listed([.. prompt.Attached])).Append(".\n");
        foreach (var group in points.GroupBy(p => p.Heading).OrderBy(g => Lens.All.TakeWhile(l => l.Heading != g.Key).Count()))
        {
            text.Append("\n### ").Append(group.Key.Length > 0 ? group.Key : "Points").Append("\n\n");
            foreach (var point in group) text.Append("- ").Append(point.Text).Append('\n');
        }

        if (known is { Count: > 0 })
        {
            text.Append("\n### ").Append(FromMemory).Append("\n\n");
            foreach (var line in known) text.Append("- ").Append(line).Append('\n');
        }

        return text.Append('\n').Append(OfflineLabel.Line).ToString();
    }

    static string Title(Topic topic)
    {
        var title = string.Join(", ", Weightiest(topic, 2));
        return title.Length == 0 ? "Answer" : char.ToUpperInvariant(title[0]) + title[1..];
    }

    /// <summary>Those in the sentence that asks before others.</summary>
    static List<string> Weightiest(Topic topic, int count) =>
        [.. topic.Phrases.OrderByDescending(p => p.Asked).ThenByDescending(p => p.Weight).ThenBy(p => p.Order).Take(count).OrderBy(p => p.Order).Select(p => p.Text)];

    static string Listed(List<string> phrases) => phrases.Count switch
    {
        0 => "its own words",
        1 => Quotes.Around(phrases[0]),
        _ => $"{string.Join(", ", phrases.SkipLast(1).Select(Quotes.Around))} and {Quotes.Around(phrases[^1])}",
    };
}
