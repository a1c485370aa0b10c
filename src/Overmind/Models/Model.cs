namespace Overmind.Models;

/// <summary>A model that a provider lists.</summary>
public sealed record Model
{
    /// <summary><c>provider/model</c>, as runs and agents name it.</summary>
    public string Id => $"{Provider}/{Name}";

    /// <summary>Always <c>model</c>.</summary>
    public string Object { get; } = "model";

    /// <summary>The provider's key.</summary>
    public required string Provider { get; init; }

    /// <summary>As the provider calls it.</summary>
    public required string Name { get; init; }

    /// <summary>For people; null when the provider gives none.</summary>
    public string? DisplayName { get; init; }

    /// <summary>What it costs now; null when no price is known, and where it was not asked.</summary>
    public ModelPrice? Price { get; init; }

    /// <summary>True for the built-in model, whose answers are extracts and not thoughts.</summary>
    public bool IsOffline => Provider == ModelReference.Offline.Provider;
}
