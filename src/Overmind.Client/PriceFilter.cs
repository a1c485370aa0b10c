namespace Overmind.Client;

/// <summary>Which prices are listed; null: all.</summary>
public sealed record PriceFilter
{
    /// <summary><c>organization</c> or <c>catalogue</c>.</summary>
    public string? Source { get; init; }

    /// <summary>Key of the provider.</summary>
    public string? Provider { get; init; }

    /// <summary>A model as calls name it: the prices that they may be charged by. Goes with <see cref="Provider"/>.</summary>
    public string? Model { get; init; }

    internal Query AddTo(Query query) => query.Add("source", Source).Add("provider", Provider).Add("model", Model);
}
