namespace Overmind.Client;

/// <summary>Why a run has no answer, or not the one it was after.</summary>
/// <param name="Code">Stable, as <c>model_rate_limited</c>; <c>model_failed</c> where no failure of a model is known more precisely.</param>
/// <param name="Message">In words for the user.</param>
public sealed record RunError(string Code, string Message);
