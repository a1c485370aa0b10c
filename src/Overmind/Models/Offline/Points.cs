using System.Text.Json;

namespace Overmind.Models.Offline;

/// <summary>Takes answers apart into points, and chooses among them.</summary>
static class Points
{
    const int Most = 60;

    /// <summary>The points of the agents' answers, the first of each agent, then the second of each, and so on.</summary>
    public static List<Point> Of(IReadOnlyList<(string By, string Text)> answers)
    {
        var each = answers.Select(a => Statements(a.Text).Select(s => new Point(Lens.Of(a.By).Heading, s)).ToList()).ToList();
        var longest = each.Count == 0 ? 0 : each.Max(p => p.Count);
        return [.. Enumerable.Range(0, longest).SelectMany(i => each.Where(p => i < p.Count).Select(p => p[i]))];
    }

    /// <summary>The points of a draft, each under the heading it stands under.</summary>
    public static List<Point> OfDraft(string draft)
    {
        var points = new List<Point>();
        var heading = "";
        foreach (var line in draft.Split('\n'))
        {
            if (line.StartsWith("### ", StringComparison.Ordinal)) heading = line[4..].Trim();
            else if (line.StartsWith("- ", StringComparison.Ordinal)) points.Add(new Point(heading, line[2..].Trim()));
        }

        return points;
    }

    /// <summary>
    /// Takes, one after the other, the point that adds most, while one adds any: a word's weight when it is new, half of it when it stands in one
    /// or two statements so far, since a word that is named is not yet treated.
    /// </summary>
    public static List<Point> Choose(Topic topic, IReadOnlyList<Point> points, IEnumerable<Point> already, int most)
    {
        var statements = topic.Statements(already.Select(p => p.Keys));
        var left = points.DistinctBy(p => p.Text).ToList();
        var chosen = new List<Point>();
        while (chosen.Count < most && left.Count > 0)
        {
            var best = left.MaxBy(Gain)!;
            if (Gain(best) == 0) break;
            chosen.Add(best);
            left.Remove(best);
            foreach (var key in best.Keys.Where(topic.Terms.ContainsKey)) statements[key] = statements.GetValueOrDefault(key) + 1;
        }

        return chosen;

        double Gain(Point point) =>
            point.Keys.Sum(k => topic.Terms.GetValueOrDefault(k) * statements.GetValueOrDefault(k) switch { 0 => 1, 1 or 2 => 0.5, _ => 0 });
    }

    /// <summary>The strings of a JSON answer, or the lines of any other without their list marks.</summary>
    static IEnumerable<string> Statements(string answer)
    {
        var text = answer.Trim();
        return (text.StartsWith('{') || text.StartsWith('[') ? Strings(text) : Lines(text)).Where(s => s.Length > 0).Take(Most);
    }

    static List<string> Lines(string text) => [.. Words.Windowed(text).Split('\n').Select(l => Words.OneLine(Unmarked(l), 240))];

    static List<string> Strings(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. Walk(document.RootElement).Where(s => s.Contains(' ', StringComparison.Ordinal)).Select(s => Words.OneLine(s, 240))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Lines(json);
        }
    }

    static IEnumerable<string> Walk(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Walk),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(m => Walk(m.Value)),
        _ => [],
    };

    static string Unmarked(string line)
    {
        var text = line.AsSpan().Trim().TrimStart("#*->+ ");
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
        var numbered = digits is > 0 and < 4 && digits + 1 < text.Length && text[digits] is '.' or ')' && text[digits + 1] is ' ';
        return (numbered ? text[(digits + 2)..] : text).Trim().ToString();
    }
}
