namespace Overmind.Client;

/// <summary>A range of times; what is null does not limit it.</summary>
public sealed record TimeRange
{
    /// <summary>This time and later ones; not together with <see cref="After"/>.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Later times than this.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>This time and earlier ones; not together with <see cref="Before"/>.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Earlier times than this.</summary>
    public DateTimeOffset? Before { get; init; }

    internal Query AddTo(Query query, string name) =>
        query.Add($"{name}[gte]", Text(From)).Add($"{name}[gt]", Text(After)).Add($"{name}[lte]", Text(Until)).Add($"{name}[lt]", Text(Before));

    static string? Text(DateTimeOffset? time) => time?.UtcDateTime.ToString("O");
}
