namespace Overmind.Client;

sealed record UnpricedModelList
{
    public required IReadOnlyList<UnpricedModel> Data { get; init; }
}
