namespace Overmind.Agents.Forming;

/// <summary>What the job carries that forms memories from a conversation.</summary>
sealed record FormMemoriesPayload(Guid ConversationId);
