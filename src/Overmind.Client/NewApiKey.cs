namespace Overmind.Client;

/// <summary>An API key to be made, for the member who makes it.</summary>
public sealed record NewApiKey
{
    /// <summary>1 to 255 characters.</summary>
    public required string Name { get; init; }

    /// <summary><c>read</c>, <c>write</c>. Default: read.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>In the future. Default: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
