namespace Overmind.Memory.Consolidation;

/// <summary>A memory as consolidation looks at it.</summary>
sealed record StoredMemory(Guid Id, MemoryType Type, string? Category, string Content, double Importance, DateTimeOffset ValidFrom);
