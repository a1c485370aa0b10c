namespace Overmind.Client;

/// <summary>Why the models of a provider are missing in a list.</summary>
/// <param name="Provider">Its key.</param>
/// <param name="Code">Stable, as <c>model_unreachable</c>.</param>
/// <param name="Message">What happened and what to do.</param>
public sealed record ModelListError(string Provider, string Code, string Message);
