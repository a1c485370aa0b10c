namespace Overmind;

/// <summary>The fewest lines to delete and insert that make one text of another.</summary>
static class LineDiff
{
    /// <summary>Lines times lines; what is larger is shown as replaced whole, so that two huge answers cost no more than a moment.</summary>
    const int MostCells = 4_000_000;

    /// <summary>In order; of a change first what is deleted.</summary>
    public static IReadOnlyList<DiffLine> Of(string left, string right)
    {
        var (a, b) = (Lines(left), Lines(right));
        var head = 0;
        while (head < a.Length && head < b.Length && a[head] == b[head]) head++;
        var tail = 0;
        while (tail < a.Length - head && tail < b.Length - head && a[^(tail + 1)] == b[^(tail + 1)]) tail++;
        return
        [
            .. a[..head].Select(Equal),
            .. Changed(a[head..^tail], b[head..^tail]),
            .. a[^tail..].Select(Equal),
        ];
    }

    static List<DiffLine> Changed(string[] a, string[] b)
    {
        if ((long)a.Length * b.Length > MostCells) return [.. a.Select(Delete), .. b.Select(Insert)];
        var common = Common(a, b);
        var lines = new List<DiffLine>(a.Length + b.Length);
        var (i, j) = (0, 0);
        while (i < a.Length || j < b.Length)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
            {
                lines.Add(Equal(a[i++]));
                j++;
            }
            else if (i < a.Length && (j == b.Length || common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add(Delete(a[i++]));
            }
            else
            {
                lines.Add(Insert(b[j++]));
            }
        }

        return lines;
    }

    /// <summary>The length of the longest common subsequence of what begins at each pair of lines.</summary>
    static int[,] Common(string[] a, string[] b)
    {
        var lengths = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
            for (var j = b.Length - 1; j >= 0; j--)
                lengths[i, j] = a[i] == b[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        return lengths;
    }

    static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").Split('\n');

    static DiffLine Equal(string line) => new("equal", line);

    static DiffLine Delete(string line) => new("delete", line);

    static DiffLine Insert(string line) => new("insert", line);
}
