namespace Overmind.Client;

/// <summary>An organization to be made. Whoever makes it is its admin.</summary>
public sealed record NewOrganization
{
    /// <summary>1 to 255 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Default: made from the name.</summary>
    public string? Slug { get; init; }
}
