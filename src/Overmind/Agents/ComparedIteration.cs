namespace Overmind.Agents;

/// <summary>An iteration of two runs.</summary>
/// <param name="Iteration">From 1.</param>
/// <param name="LeftScore">0 to 10; null when it is unscored, or there is none.</param>
/// <param name="RightScore">0 to 10; null when it is unscored, or there is none.</param>
/// <param name="Steps">Agents in the order of their workflows, delegates and phases of the synthesis; those that either run has.</param>
public sealed record ComparedIteration(int Iteration, double? LeftScore, double? RightScore, IReadOnlyList<ComparedStep> Steps)
{
    internal static ComparedIteration Of(int iteration, ComparedRun left, ComparedRun right)
    {
        var (ours, theirs) = (StepsOf(left, iteration), StepsOf(right, iteration));
        var names = ours.Keys.Concat(theirs.Keys).Distinct().Order(Comparer<string>.Create((a, b) => Place(a).CompareTo(Place(b))));
        return new ComparedIteration(
            iteration, Score(left, iteration), Score(right, iteration),
            [.. names.Select(name => ComparedStep.Of(name, ours.GetValueOrDefault(name), theirs.GetValueOrDefault(name)))]);
    }

    /// <summary>By what stands after the iteration in their keys: <c>agent:creative</c>.</summary>
    static Dictionary<string, RunStep> StepsOf(ComparedRun run, int iteration) =>
        run.Steps.Where(s => s.Iteration == iteration).ToDictionary(s => s.StepKey[(s.StepKey.IndexOf('/', StringComparison.Ordinal) + 1)..]);

    static double? Score(ComparedRun run, int iteration) => run.Iterations.ElementAtOrDefault(iteration - 1)?.Score;

    /// <summary>The order is stable, so that agents stay as they came.</summary>
    static int Place(string name) => (int)(LowerSnake.Read<StepPhase>(name.Split(':')[0]) ?? StepPhase.Agent);
}
