namespace Overmind.Client;

/// <summary>A conversation to be made of a branch of another.</summary>
public sealed record NewFork
{
    /// <summary>The last message that it has; its branch is copied up to there.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>1 to 500 characters. Default: the other conversation's.</summary>
    public string? Title { get; init; }

    /// <summary><c>private</c> (default) or <c>organization</c>.</summary>
    public string? Visibility { get; init; }
}
