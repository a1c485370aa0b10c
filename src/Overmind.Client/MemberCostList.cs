namespace Overmind.Client;

sealed record MemberCostList
{
    public required IReadOnlyList<MemberCost> Data { get; init; }
}
