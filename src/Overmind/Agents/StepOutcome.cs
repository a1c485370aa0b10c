namespace Overmind.Agents;

/// <summary>What a model's answer makes of its step.</summary>
abstract record StepOutcome
{
    StepOutcome()
    {
    }

    /// <summary>
    /// The step is <c>succeeded</c>. A remark is recorded as its error message all the same: a verdict that stays unreadable
    /// (the iteration is unscored), or an assembled answer that stays cut off.
    /// </summary>
    public sealed record Succeeded(string? Remark = null) : StepOutcome;

    /// <summary>
    /// The step stays <c>running</c>, with the text as its output, the reason as its error message and <see cref="RecordedStep.SentBack"/> set;
    /// the next plan has it again, with both in its messages.
    /// </summary>
    public sealed record SendBack(string Reason) : StepOutcome;

    /// <summary>
    /// The step stays <c>running</c>, with the text as its output and <see cref="RecordedStep.Delegation"/> set: the other agent is asked next,
    /// and then this one again, with the other's answer in its messages.
    /// </summary>
    public sealed record Delegated(Delegation Delegation) : StepOutcome;

    /// <summary>The step is <c>failed</c>, with the reason as its error message.</summary>
    public sealed record Failed(string Reason) : StepOutcome;
}
