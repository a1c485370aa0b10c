namespace Overmind.Memory.Forming;

/// <summary>A memory beside which something new is looked at.</summary>
sealed record KnownMemory(Guid Id, MemoryType Type, string Content, string? Key, string? Value, bool IsOfConversation);
