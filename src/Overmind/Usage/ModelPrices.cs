using Overmind.Models;

namespace Overmind.Usage;

/// <summary>What calls cost.</summary>
static class ModelPrices
{
    /// <summary>True when calls of the model have a known price.</summary>
    public static bool IsKnown(ModelReference model) => model.Provider == ModelReference.Offline.Provider;

    /// <summary>In US dollars; null when the model's price is unknown.</summary>
    public static decimal? Cost(ModelReference model, long tokensInput, long tokensOutput) => IsKnown(model) ? 0 : null;
}
