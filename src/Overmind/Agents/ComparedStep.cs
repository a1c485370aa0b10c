namespace Overmind.Agents;

/// <summary>A step of two runs.</summary>
/// <param name="Name">As <c>agent:creative</c> or <c>assemble</c>.</param>
/// <param name="Left">Null when that run has no such step.</param>
/// <param name="Right">Null when that run has no such step.</param>
public sealed record ComparedStep(string Name, ComparedAnswer? Left, ComparedAnswer? Right)
{
    internal static ComparedStep Of(string name, RunStep? left, RunStep? right) => new(name, ComparedAnswer.Of(left), ComparedAnswer.Of(right));
}
