using Overmind.Errors;

namespace Overmind;

/// <summary>Which page of a list. A list is read by key, never by offset: what is written meanwhile moves no page.</summary>
public sealed record PageRequest
{
    public const int MaxLimit = 100;

    /// <summary>The first page: the newest 20.</summary>
    public static PageRequest First { get; } = new();

    /// <summary>1 to 100; default 20.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>Default: newest first.</summary>
    public PageOrder Order { get; init; } = PageOrder.Desc;

    /// <summary>The page that follows this item in the list's order; not together with <see cref="Before"/>.</summary>
    public Guid? After { get; init; }

    /// <summary>The page that leads to this item in the list's order.</summary>
    public Guid? Before { get; init; }

    /// <summary>Only what was made then. Default: whenever. Lists of what other organizations have published pass over it.</summary>
    public TimeRange? CreatedAt { get; init; }

    /// <summary>Whether the rows are read from old to new. A page before an item is read backwards and turned round.</summary>
    internal bool ReadsUpwards => (Order == PageOrder.Asc) == (Before is null);

    /// <summary>The item the page starts from, if any.</summary>
    internal Guid? Cursor => After ?? Before;

    /// <exception cref="OvermindException">The limit is out of range, or both cursors are set.</exception>
    internal void Check()
    {
        if (Limit is < 1 or > MaxLimit)
            throw new OvermindException(ErrorCode.InvalidParameter, $"limit is 1 to {MaxLimit}, not {Limit}.", "limit");
        if (After is not null && Before is not null)
            throw new OvermindException(ErrorCode.InvalidParameter, "Give after or before, not both.", "before");
    }

    /// <summary>The page of rows that were read with one more than the limit.</summary>
    internal Page<T> PageOf<T>(IReadOnlyList<T> rows)
    {
        var items = rows.Count > Limit ? rows.Take(Limit).ToList() : [.. rows];
        if (Before is not null)
            items.Reverse();
        return new Page<T>(items, rows.Count > Limit);
    }
}
