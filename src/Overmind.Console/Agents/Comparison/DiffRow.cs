using Overmind.Agents;

namespace Overmind.WebConsole.Agents.Comparison;

/// <summary>A line of two texts side by side.</summary>
/// <param name="Left">Null: the left text has no such line.</param>
/// <param name="Right">Null: the right text has no such line.</param>
public sealed record DiffRow(string? Left, string? Right, bool IsSame)
{
    /// <summary>A difference as rows: what is deleted stands beside what is inserted for it.</summary>
    public static IReadOnlyList<DiffRow> Of(IReadOnlyList<DiffLine> lines)
    {
        List<DiffRow> rows = [];
        Queue<string> deleted = [], inserted = [];
        foreach (var line in lines)
        {
            if (line.Op == "delete")
            {
                deleted.Enqueue(line.Text);
            }
            else if (line.Op == "insert")
            {
                inserted.Enqueue(line.Text);
            }
            else
            {
                Pair();
                rows.Add(new DiffRow(line.Text, line.Text, true));
            }
        }

        Pair();
        return rows;

        void Pair()
        {
            while (deleted.Count + inserted.Count > 0)
                rows.Add(new DiffRow(deleted.TryDequeue(out var left) ? left : null, inserted.TryDequeue(out var right) ? right : null, false));
        }
    }
}
