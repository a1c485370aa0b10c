namespace Overmind.Models;

/// <summary>The models of all providers, those of the installation first.</summary>
/// <param name="Errors">The providers that could not be asked: their models are missing here.</param>
public sealed record ModelList(IReadOnlyList<Model> Models, IReadOnlyList<ModelListError> Errors);
