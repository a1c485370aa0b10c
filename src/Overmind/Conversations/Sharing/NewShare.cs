using Overmind.Errors;

namespace Overmind.Conversations.Sharing;

/// <summary>A link that is to be made.</summary>
public sealed record NewShare
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The branch that is shown. Default: the active one.</summary>
    public int? Branch { get; init; }

    /// <summary>Default: it is good until it is revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    internal void Check(DateTimeOffset now)
    {
        var checks = new Checks();
        checks.Require(Branch is null or >= 0, "branch", $"branch is a number of the conversation's branches, from 0, not {Branch}.");
        checks.Require(ExpiresAt is null || ExpiresAt > now, "expires_at", "expires_at is in the past: nobody could read the link.");
        checks.ThrowIfAny();
    }
}
