namespace Overmind.Client;

/// <summary>Two runs side by side.</summary>
/// <param name="Settings">What each was run with.</param>
/// <param name="Iterations">As many as the longer one has.</param>
/// <param name="AnswerDiff">From the left answer's lines to the right one's.</param>
public sealed record RunComparison(
    Run Left, Run Right, ComparedText Question, IReadOnlyList<ComparedSetting> Settings, IReadOnlyList<ComparedIteration> Iterations,
    IReadOnlyList<DiffLine> AnswerDiff);
