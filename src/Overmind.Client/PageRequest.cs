namespace Overmind.Client;

/// <summary>Which page of a list.</summary>
public sealed record PageRequest
{
    /// <summary>1 to 100. Default: 20.</summary>
    public int? Limit { get; init; }

    /// <summary><c>desc</c> (newest first) or <c>asc</c>. Default: desc.</summary>
    public string? Order { get; init; }

    /// <summary>The page that follows this item.</summary>
    public Guid? After { get; init; }

    /// <summary>The page that leads to this item; not together with <see cref="After"/>.</summary>
    public Guid? Before { get; init; }

    /// <summary>Only what was made then. Lists of what other organizations have published do not take it. Default: whenever.</summary>
    public TimeRange? CreatedAt { get; init; }

    internal Query Query => (CreatedAt ?? new()).AddTo(
        new Query().Add("limit", Limit).Add("order", Order).Add("after", After).Add("before", Before), "created_at");
}
