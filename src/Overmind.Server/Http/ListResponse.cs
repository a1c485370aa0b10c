namespace Overmind.Server.Http;

/// <summary>A page of a list.</summary>
public sealed record ListResponse<T>
{
    /// <summary>Always <c>list</c>.</summary>
    public string Object { get; } = "list";

    public required IReadOnlyList<T> Data { get; init; }

    /// <summary>The cursor for <c>before</c>; null when the page is empty.</summary>
    public Guid? FirstId { get; init; }

    /// <summary>The cursor for <c>after</c>; null when the page is empty.</summary>
    public Guid? LastId { get; init; }

    /// <summary>Whether there are more in the direction the page was read.</summary>
    public required bool HasMore { get; init; }

    internal static ListResponse<T> Of(Page<T> page, Func<T, Guid> id) => new()
    {
        Data = page.Items,
        FirstId = page.Items.Count > 0 ? id(page.Items[0]) : null,
        LastId = page.Items.Count > 0 ? id(page.Items[^1]) : null,
        HasMore = page.HasMore,
    };
}
