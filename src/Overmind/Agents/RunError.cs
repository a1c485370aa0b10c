namespace Overmind.Agents;

/// <summary>Why a run has no answer, or not the one it was after.</summary>
/// <param name="Code">A word of the error catalogue: <c>model_failed</c>, <c>internal_error</c>, or the termination reason <c>cost_cap</c> or <c>deadline</c>.</param>
/// <param name="Message">In words for the user.</param>
public sealed record RunError(string Code, string Message);
