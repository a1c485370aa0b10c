namespace Overmind.WordVectors;

/// <summary>Pairs of sentences that people scored by how alike they are, as the STS benchmark: a CSV of sentence, sentence, score.</summary>
static class LabelledPairs
{
    public static List<(string First, string Second, double Score)> Read(string file) =>
        [.. File.ReadLines(file).Select(Fields).Select(f => (f[0], f[1], double.Parse(f[2])))];

    static List<string> Fields(string line)
    {
        var fields = new List<string> { "" };
        var quoted = false;
        foreach (var c in line)
        {
            if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted) fields.Add("");
            else fields[^1] += c;
        }

        return fields;
    }
}
