using Npgsql;
using Overmind.Conversations.Vectors;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Memory;

/// <summary>
/// What is remembered, as the member in <c>claims</c> sees it: their own, what is shared with the organization, and for admins all. It is changed by the member
/// whose row it is and by admins. What is deleted, expired, unknown or another organization's is not found, always with the same answer.
/// </summary>
public sealed class MemoryService(MemoryStore memories, MemoryVersionStore versions, TextEmbedder? embedder = null)
{
    /// <summary>Remembers something. The same, of the same owner and type, is remembered once: then it is the memory that is there, unchanged, and <c>IsNew</c> is false.</summary>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.InvalidValue"/>, <see cref="ErrorCode.InvalidText"/>, <see cref="ErrorCode.MemoryTooLarge"/>, <see cref="ErrorCode.Forbidden"/>.
    /// </exception>
    public async Task<(MemoryItem Memory, bool IsNew)> CreateAsync(Claims claims, NewMemory memory, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        memory.Check();
        try
        {
            var vector = embedder is null ? null : await embedder.EmbedAtOnceAsync(memory.Content ?? "", cancellationToken);
            if (await memories.InsertAsync(claims, memory, vector, cancellationToken) is { } made)
                return (made, true);
            return (await memories.FindSameAsync(claims, memory, cancellationToken) ?? throw Taken(), false);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw refused.ConstraintName is "memories_source_message_fkey"
                ? new OvermindException(ErrorCode.InvalidValue, $"There is no message {memory.SourceMessageId}.", "source_message_id")
                : refused.ConstraintName is "memories_datastore_fkey" ? NoDatastore(memory.DatastoreId) : new OvermindException(ErrorCode.InvalidValue, $"There is no {LowerSnake.Write(memory.OwnerType)} {memory.OwnerId}.", "owner_id");
        }
        catch (PostgresException refused) when (Refusal(refused) is not null)
        {
            throw Refusal(refused)!;
        }
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.MemoryNotFound"/>.</exception>
    public async Task<MemoryItem> GetAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        await memories.FindAsync(claims, id, cancellationToken) ?? throw NotFound(id);

    public async Task<Page<MemoryItem>> ListAsync(Claims claims, MemoryFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        filter.Check();
        return page.PageOf(await memories.ListAsync(claims, page, filter, cancellationToken));
    }

    /// <summary>Changes a memory; what it said before is kept as a version.</summary>
    /// <param name="unchangedSince">The <see cref="MemoryItem.UpdatedAt"/> it must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.MemoryNotFound"/>, <see cref="ErrorCode.MemoryExists"/>, <see cref="ErrorCode.PreconditionFailed"/>, <see cref="ErrorCode.InvalidValue"/>,
    /// <see cref="ErrorCode.InvalidText"/>, <see cref="ErrorCode.MemoryTooLarge"/>, <see cref="ErrorCode.Forbidden"/>.
    /// </exception>
    public async Task<MemoryItem> UpdateAsync(Claims claims, Guid id, MemoryPatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        patch.Check();
        var memory = await ChangeableAsync(claims, id, cancellationToken);
        patch.Check(memory.MemoryType);
        try
        {
            return await memories.UpdateAsync(claims, id, patch, unchangedSince, cancellationToken) ?? throw Changed();
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw refused.ConstraintName is "memories_datastore_fkey"
                ? NoDatastore(patch.DatastoreId?.Value)
                : new OvermindException(ErrorCode.InvalidValue, $"There is no memory {patch.SupersededBy?.Value}.", "superseded_by");
        }
        catch (PostgresException refused) when (Refusal(refused) is not null)
        {
            throw Refusal(refused)!;
        }
    }

    /// <summary>Forgets a memory; it can be brought back until it is purged.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.MemoryNotFound"/>, <see cref="ErrorCode.PreconditionFailed"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task DeleteAsync(Claims claims, Guid id, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        await ChangeableAsync(claims, id, cancellationToken);
        if (!await memories.DeleteAsync(claims, id, unchangedSince, cancellationToken))
            throw Changed();
    }

    /// <summary>Forgets all that the filter leaves of what the caller may change: their own, for admins the organization's. Only if they are as many as expected, else none.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.MemoryCountDiffers"/>, with how many there are; <see cref="ErrorCode.InvalidValue"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task<long> DeleteAsync(Claims claims, MemoryFilter filter, long expectedCount, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        filter.Check();
        var count = await memories.DeleteAsync(claims, filter, expectedCount, cancellationToken);
        return count == expectedCount ? count : throw new OvermindException(
            ErrorCode.MemoryCountDiffers, $"The filter leaves {count} memories of yours, not {expectedCount}; nothing was deleted.", "expected_count");
    }

    /// <summary>Undoes a deletion, until it is purged. One that is there stays as it is.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.MemoryNotFound"/>, <see cref="ErrorCode.MemoryExists"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task<MemoryItem> RestoreAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        try
        {
            return await memories.RestoreAsync(claims, id, cancellationToken) ?? throw NotFound(id);
        }
        catch (PostgresException refused) when (Refusal(refused) is not null)
        {
            throw Refusal(refused)!;
        }
    }

    /// <summary>By their numbers, the current one included.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.MemoryNotFound"/>.</exception>
    public async Task<Page<MemoryVersion>> VersionsAsync(Claims claims, Guid id, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await versions.ListAsync(claims, id, page, cancellationToken) ?? throw NotFound(id));
    }

    /// <summary>Writes an earlier version anew: it is the memory's newest then, and the others stay. The current one is written already.</summary>
    /// <param name="reason">Why, up to 500 characters.</param>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.MemoryNotFound"/>, <see cref="ErrorCode.MemoryVersionNotFound"/>, <see cref="ErrorCode.MemoryExists"/>, <see cref="ErrorCode.Forbidden"/>.
    /// </exception>
    public async Task<MemoryItem> RestoreVersionAsync(Claims claims, Guid id, int number, string? reason, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var checks = new Checks();
        checks.Text("change_reason", reason, 0, 500);
        checks.ThrowIfAny();
        var memory = await ChangeableAsync(claims, id, cancellationToken);
        if (memory.VersionNumber == number)
            return memory;
        try
        {
            if (!await versions.RestoreAsync(claims, id, number, reason, cancellationToken))
                throw new OvermindException(ErrorCode.MemoryVersionNotFound, $"The memory has no version {number}.");
        }
        catch (PostgresException refused) when (Refusal(refused) is not null)
        {
            throw Refusal(refused)!;
        }

        return await GetAsync(claims, id, cancellationToken);
    }

    /// <summary>How many there are of each type and owner.</summary>
    public async Task<MemoryStats> StatsAsync(Claims claims, CancellationToken cancellationToken)
    {
        var groups = await memories.StatsAsync(claims, cancellationToken);
        return new MemoryStats(groups.Sum(group => group.Count), groups);
    }

    async Task<MemoryItem> ChangeableAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        var memory = await GetAsync(claims, id, cancellationToken);
        return memory.UserId == claims.UserId || claims.May(Permission.ContentManage)
            ? memory
            : throw new OvermindException(ErrorCode.Forbidden, "The memory is another member's: they and admins change it.");
    }

    /// <summary>What the database knows better than a check before: the words of a shape, and what others have written meanwhile.</summary>
    static OvermindException? Refusal(PostgresException refused) => refused.ConstraintName switch
    {
        "memories_content_key" => Taken(),
        "memories_fact_key_key" => new(ErrorCode.MemoryExists, "Something else is remembered of the same thing. Delete it first, or say when it ended (valid_until)."),
        "memories_content_length" => new(
            ErrorCode.MemoryTooLarge, $"The words of content_parts are none, or more than the {MemoryRules.MaxLength} characters that a memory has at most.", "content_parts"),
        "memories_valid_forward" => new(ErrorCode.InvalidValue, "valid_until is not before valid_from.", "valid_until"),
        "memories_superseded_ends" => new(ErrorCode.InvalidValue, "A memory is superseded by another, and has an end then.", "superseded_by"),
        "memories_content_parts_shape" => new(ErrorCode.InvalidValue, "The words do not fit the shape of the memory: more lines than its capacity has room for.", "content"),
        "memories_owner_whole" => new(ErrorCode.InvalidValue, "What the organization remembers is visible to it.", "visibility"),
        _ => null,
    };

    static OvermindException NoDatastore(Guid? id) => new(ErrorCode.InvalidValue, $"There is no datastore {id}.", "datastore_id");

    static OvermindException Taken() => new(ErrorCode.MemoryExists, "The same is remembered already, by the same owner and of the same type.");

    static OvermindException Changed() => new(ErrorCode.PreconditionFailed, "The memory has changed since the version in If-Match. Read it again.");

    static OvermindException NotFound(Guid id) => new(ErrorCode.MemoryNotFound, $"There is no memory {id}.");
}
