using Overmind.Usage;

namespace Overmind.Server.Usage;

/// <summary>The models without a known price, as one list.</summary>
sealed record UnpricedModelsResponse(IReadOnlyList<UnpricedModel> Data)
{
    public string Object { get; } = "usage.unpriced_models";
}
