using Overmind.Conversations;

namespace Overmind.WebConsole.Conversations.Tree;

/// <summary>
/// A conversation's messages as a drawing: a row each, by their order, in the lane of their branch. A lane is free again below the last message of its branch, so
/// that many branches stand in few lanes.
/// </summary>
public sealed record BranchGraph
{
    public static readonly BranchGraph Empty = new() { Rows = [], Lines = [], Lanes = 0 };

    /// <summary>A message and its lane, from 0.</summary>
    public sealed record Row(TreeNode Node, int Lane);

    /// <summary>From a message to one that follows it. <paramref name="From"/> -1: the message before is above what is drawn.</summary>
    public sealed record Line(int FromLane, int From, int ToLane, int To, bool IsActive);

    public required IReadOnlyList<Row> Rows { get; init; }

    public required IReadOnlyList<Line> Lines { get; init; }

    public required int Lanes { get; init; }

    /// <param name="nodes">Ascending.</param>
    public static BranchGraph Of(IReadOnlyList<TreeNode> nodes)
    {
        var rowOf = nodes.Select((n, i) => (n.Id, i)).ToDictionary(x => x.Id, x => x.i);
        var lastOf = nodes.Select((n, i) => (n.Branch, i)).GroupBy(x => x.Branch).ToDictionary(g => g.Key, g => g.Max(x => x.i));
        var laneOf = new Dictionary<int, int>();
        var freeFrom = new List<int>();
        var rows = new List<Row>(nodes.Count);
        var lines = new List<Line>(nodes.Count);
        var latest = new Dictionary<int, int>();
        for (var i = 0; i < nodes.Count; i++)
        {
            var node = nodes[i];
            // Where the message before is not shown, as a deleted one is not, the branch's own last one stands for it.
            var from = node.ParentMessageId is { } parent && rowOf.TryGetValue(parent, out var at) ? at : latest.GetValueOrDefault(node.Branch, -1);
            if (!laneOf.TryGetValue(node.Branch, out var lane))
            {
                lane = freeFrom.FindIndex(free => free <= from);
                if (lane < 0)
                {
                    lane = freeFrom.Count;
                    freeFrom.Add(0);
                }

                freeFrom[lane] = lastOf[node.Branch];
                laneOf[node.Branch] = lane;
            }

            rows.Add(new Row(node, lane));
            if (from >= 0 || node.ParentMessageId is not null)
                lines.Add(new Line(from < 0 ? lane : rows[from].Lane, from, lane, i, node.IsActive));
            latest[node.Branch] = i;
        }

        return new BranchGraph { Rows = rows, Lines = [.. lines.OrderBy(l => l.IsActive)], Lanes = freeFrom.Count };
    }
}
