using Overmind.Conversations;

namespace Overmind.Agents;

/// <summary>The branch that is made for a run.</summary>
/// <param name="IsBefore">Before the message, else after it.</param>
sealed record RunFork(Guid MessageId, BranchReason Reason, bool IsBefore);
