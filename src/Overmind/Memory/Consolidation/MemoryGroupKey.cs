namespace Overmind.Memory.Consolidation;

/// <summary>Memories that may become one: of the same owner, member, visibility and type.</summary>
sealed record MemoryGroupKey(Guid OwnerId, Guid UserId, string Visibility, MemoryType Type);
