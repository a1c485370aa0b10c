using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>What the job carries that summarizes what leaves a context window.</summary>
/// <param name="TargetTokens">Tokens that the window has at most then.</param>
/// <param name="UserId">Whoever wrote or asked: it reads what they see.</param>
/// <param name="Role">Their role then.</param>
sealed record SummarizeConversationPayload(Guid ConversationId, int Branch, long TargetTokens, Guid UserId, OrganizationRole Role);
