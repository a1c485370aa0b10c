using Overmind.Errors;

namespace Overmind.Access;

/// <summary>An attempt to sign in that is not looked at.</summary>
/// <param name="Wait">How long until the next one is.</param>
/// <param name="IsNews">
/// The first since the failure that made it wait. It is what the audit log tells of: so there are never more such rows than failures, which have theirs, and
/// who goes on trying makes the database write nothing.
/// </param>
sealed record ThrottledAttempt(TimeSpan Wait, bool IsNews)
{
    public OvermindException ToError() =>
        new(ErrorCode.TooManyAttempts, $"Too many attempts have failed. Try again in {Math.Ceiling(Wait.TotalSeconds)} seconds.") { RetryAfter = Wait };
}
