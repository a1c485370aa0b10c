namespace Overmind.Client;

/// <summary>An API key to be made, for the member who makes it.</summary>
public sealed record NewApiKey
{
    /// <summary>1 to 255 characters.</summary>
    public required string Name { get; init; }

    /// <summary><c>read</c>, <c>write</c>, <c>run</c>, <c>admin</c>, or one of them for a module, as <c>jobs.read</c>; none that the key which asks has not. Default: read.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>In the future. Default: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
