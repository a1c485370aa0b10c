namespace Overmind.Client;

/// <summary>A collection to be made.</summary>
public sealed record NewDatastore
{
    /// <summary>1 to 255 characters; of one owner unique.</summary>
    public required string Name { get; init; }

    /// <summary>Up to 2,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary><c>private</c> or <c>organization</c>. Default: private.</summary>
    public string? Visibility { get; init; }
}
