namespace Overmind.Client;

/// <summary>Which memories are to be forgotten, and how many they are.</summary>
sealed record MemoryDeletion(
    long ExpectedCount, string? MemoryType, string? Category, string? OwnerType, Guid? OwnerId, string? Tag, bool? Pinned, bool? Current, Guid? SourceMessageId, Guid? DatastoreId);
