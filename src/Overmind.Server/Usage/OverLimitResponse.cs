using Overmind.Usage;

namespace Overmind.Server.Usage;

/// <summary>The members who cost more than their tier allows, as one list.</summary>
sealed record OverLimitResponse(IReadOnlyList<MemberCost> Data)
{
    public string Object { get; } = "usage.over_limit";
}
