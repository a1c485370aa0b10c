namespace Overmind.Client;

/// <summary>A step's call to be made again.</summary>
public sealed record NewReplay
{
    /// <summary>As <c>offline/offline</c>.</summary>
    public required string Model { get; init; }

    /// <summary>0 to 2. Default: the step's.</summary>
    public double? Temperature { get; init; }
}
