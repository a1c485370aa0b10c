namespace Overmind.Cli.Authoring;

/// <summary>A whole list, page by page.</summary>
static class EveryPage
{
    /// <param name="order">As <see cref="Client.PageRequest.Order"/>.</param>
    public static async Task<IReadOnlyList<T>> OfAsync<T>(Func<Client.PageRequest, Task<Client.Page<T>>> read, string? order = null)
    {
        var items = new List<T>();
        for (var page = new Client.PageRequest { Limit = 100, Order = order }; ;)
        {
            var found = await read(page);
            items.AddRange(found.Items);
            if (!found.HasMore)
                return items;
            page = page with { After = found.LastId };
        }
    }
}
