namespace Overmind.Client;

/// <summary>A link that is to be made.</summary>
public sealed record NewShare
{
    /// <summary>The branch that is shown. Default: the active one.</summary>
    public int? Branch { get; init; }

    /// <summary>Default: it is good until it is revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
