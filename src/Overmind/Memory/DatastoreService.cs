using Npgsql;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Memory;

/// <summary>Collections of memories, as the member in <c>claims</c> sees them: their own and the shared ones, for admins all. Owner and admins change them.</summary>
public sealed class DatastoreService(DatastoreStore datastores)
{
    const string NameKey = "datastores_name_key";

    /// <exception cref="OvermindException"><see cref="ErrorCode.KeyTaken"/>, <see cref="ErrorCode.InvalidValue"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task<Datastore> CreateAsync(Claims claims, NewDatastore datastore, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        datastore.Check();
        try
        {
            return await datastores.InsertAsync(claims, datastore, cancellationToken) ?? throw NotFound(datastore.Id);
        }
        catch (PostgresException refused) when (refused.ConstraintName == NameKey)
        {
            throw Taken(datastore.Name);
        }
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.DatastoreNotFound"/>.</exception>
    public async Task<Datastore> GetAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        await datastores.FindAsync(claims, id, cancellationToken) ?? throw NotFound(id);

    public async Task<Page<Datastore>> ListAsync(Claims claims, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await datastores.ListAsync(claims, page, cancellationToken));
    }

    /// <param name="unchangedSince">The <see cref="Datastore.UpdatedAt"/> it must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.DatastoreNotFound"/>, <see cref="ErrorCode.KeyTaken"/>, <see cref="ErrorCode.PreconditionFailed"/>, <see cref="ErrorCode.InvalidValue"/>, <see cref="ErrorCode.Forbidden"/>.
    /// </exception>
    public async Task<Datastore> UpdateAsync(Claims claims, Guid id, DatastorePatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        patch.Check();
        await ChangeableAsync(claims, id, cancellationToken);
        try
        {
            if (!await datastores.UpdateAsync(claims, id, patch, unchangedSince, cancellationToken))
                throw Changed();
        }
        catch (PostgresException refused) when (refused.ConstraintName == NameKey)
        {
            throw Taken(patch.Name!);
        }

        return await GetAsync(claims, id, cancellationToken);
    }

    /// <summary>The memories in it stay.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.DatastoreNotFound"/>, <see cref="ErrorCode.PreconditionFailed"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task DeleteAsync(Claims claims, Guid id, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        await ChangeableAsync(claims, id, cancellationToken);
        if (!await datastores.DeleteAsync(claims, id, unchangedSince, cancellationToken))
            throw Changed();
    }

    /// <summary>Lets an agent read what is in it; once more changes nothing.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.DatastoreNotFound"/>, <see cref="ErrorCode.AgentNotFound"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task<Datastore> LinkAsync(Claims claims, Guid id, Guid agentId, CancellationToken cancellationToken)
    {
        await ChangeableAsync(claims, id, cancellationToken);
        try
        {
            return await datastores.LinkAsync(claims, id, agentId, cancellationToken) ?? throw NotFound(id);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new OvermindException(ErrorCode.AgentNotFound, $"There is no agent {agentId}.");
        }
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.DatastoreNotFound"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task<Datastore> UnlinkAsync(Claims claims, Guid id, Guid agentId, CancellationToken cancellationToken)
    {
        await ChangeableAsync(claims, id, cancellationToken);
        return await datastores.UnlinkAsync(claims, id, agentId, cancellationToken) ?? throw NotFound(id);
    }

    async Task ChangeableAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var datastore = await GetAsync(claims, id, cancellationToken);
        if (datastore.UserId != claims.UserId && !claims.May(Permission.ContentManage))
            throw new OvermindException(ErrorCode.Forbidden, "The datastore is another member's: they and admins change it.");
    }

    static OvermindException Taken(string name) => new(ErrorCode.KeyTaken, $"You have a datastore '{name}' already.", "name");

    static OvermindException Changed() => new(ErrorCode.PreconditionFailed, "The datastore has changed since the version in If-Match. Read it again.");

    static OvermindException NotFound(Guid id) => new(ErrorCode.DatastoreNotFound, $"There is no datastore {id}.");
}
