namespace Overmind.Agents;

/// <summary>Why a run has no answer, or not the one it was after.</summary>
/// <param name="Code">
/// A word of the error catalogue: the failure of the model that ended it (as <c>model_rate_limited</c>; <c>model_failed</c> where there is no one such),
/// <c>internal_error</c>, or the termination reason <c>cost_cap</c> or <c>deadline</c>.
/// </param>
/// <param name="Message">In words for the user.</param>
public sealed record RunError(string Code, string Message);
