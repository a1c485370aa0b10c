namespace Overmind.Agents;

/// <summary>Two runs side by side. In JSON as it stands here, in snake_case.</summary>
public sealed record RunComparison
{
    /// <summary>Always <c>run.comparison</c>.</summary>
    public string Object { get; } = "run.comparison";

    /// <summary>With its tokens, cost and time.</summary>
    public required Run Left { get; init; }

    /// <summary>With its tokens, cost and time.</summary>
    public required Run Right { get; init; }

    public required ComparedText Question { get; init; }

    /// <summary>What each was run with.</summary>
    public required IReadOnlyList<ComparedSetting> Settings { get; init; }

    /// <summary>As many as the longer one has.</summary>
    public required IReadOnlyList<ComparedIteration> Iterations { get; init; }

    /// <summary>From the left answer's lines to the right one's; empty when neither has an answer.</summary>
    public required IReadOnlyList<DiffLine> AnswerDiff { get; init; }

    internal static RunComparison Of(ComparedRun left, ComparedRun right) => new()
    {
        Left = left.Run,
        Right = right.Run,
        Question = new ComparedText(left.Snapshot.Question, right.Snapshot.Question, left.Snapshot.Question == right.Snapshot.Question),
        Settings = [.. left.Settings.Zip(right.Settings, (l, r) => new ComparedSetting(l.Key, l.Value, r.Value, l.Value == r.Value))],
        Iterations =
        [
            .. Enumerable.Range(1, Math.Max(left.Iterations.Count, right.Iterations.Count)).Select(i => ComparedIteration.Of(i, left, right)),
        ],
        AnswerDiff = LineDiff.Of(left.Run.Answer ?? "", right.Run.Answer ?? ""),
    };
}
