namespace Overmind.Models;

/// <summary>A model is named that this installation has no client for. The message says what to do and may be shown to users.</summary>
public sealed class ModelUnavailableException(ModelReference model, string message) : Exception(message)
{
    /// <summary>The model that was asked for.</summary>
    public ModelReference Model { get; } = model;
}
