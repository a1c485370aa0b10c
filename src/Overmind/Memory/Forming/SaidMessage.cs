namespace Overmind.Memory.Forming;

/// <summary>A message of a member from which memories may be formed.</summary>
/// <param name="WasSeq">Up to where its branch was read before.</param>
/// <param name="UserId">Whoever sent it.</param>
/// <param name="IsPending">Moderation has still to say whether it counts.</param>
/// <param name="IsLeftOut">Nothing is formed from it: it is blocked, or its author wants none.</param>
/// <param name="SessionEnded">Its session has ended.</param>
sealed record SaidMessage(
    Guid Id, int Branch, long Seq, long WasSeq, Guid UserId, string Content, DateTimeOffset CreatedAt, bool IsPending, bool IsLeftOut, bool SessionEnded);
