namespace Overmind.Client;

/// <summary>Why a run has no answer, or not the one it was after.</summary>
/// <param name="Code">Stable, as <c>model_failed</c>.</param>
/// <param name="Message">In words for the user.</param>
public sealed record RunError(string Code, string Message);
