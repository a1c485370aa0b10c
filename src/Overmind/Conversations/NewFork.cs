using Overmind.Errors;

namespace Overmind.Conversations;

/// <summary>A conversation to be made of a branch of another.</summary>
public sealed record NewFork
{
    /// <summary>Given beforehand, so that making it twice makes one. Default: a new one.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The last message that it has; its branch is copied up to there.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>1 to 500 characters. Default: the other conversation's.</summary>
    public string? Title { get; init; }

    /// <summary>Default: private.</summary>
    public Visibility Visibility { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        checks.Text("title", Title, 1, 500);
        checks.ThrowIfAny();
    }
}
