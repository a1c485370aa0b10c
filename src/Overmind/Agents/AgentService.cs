using Npgsql;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>
/// Agents of the organization, as its members see them. Who made one and admins change it; what is deleted, unknown or another
/// organization's is not found, always with the same answer.
/// </summary>
public sealed class AgentService(AgentStore agents)
{
    const string KeyIndex = "agent_configurations_key_key";
    const string OriginIndex = "agent_configurations_origin_key";
    const string PrimaryKey = "agent_configurations_pkey";

    /// <exception cref="OvermindException">A value is not valid; the key is taken; the member may not write.</exception>
    public async Task<Agent> CreateAsync(Claims claims, NewAgent agent, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        agent.Check();
        try
        {
            return await agents.InsertAsync(claims, agent, cancellationToken);
        }
        catch (PostgresException refused) when (refused.ConstraintName == PrimaryKey)
        {
            return await GetAsync(claims, agent.Id, cancellationToken);
        }
        catch (PostgresException refused) when (refused.ConstraintName == KeyIndex)
        {
            throw KeyTaken(agent.Key);
        }
        catch (PostgresException refused) when (refused.ConstraintName == OriginIndex)
        {
            throw new OvermindException(
                ErrorCode.KeyTaken, "The organization has a copy of this agent already. Change that one, or delete it before you copy again.");
        }
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.AgentNotFound"/>.</exception>
    public async Task<Agent> GetAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        await agents.FindAsync(claims, id, cancellationToken) ?? throw NotFound(id);

    public async Task<Page<Agent>> ListAsync(Claims claims, PageRequest page, AgentFilter filter, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await agents.ListAsync(claims, page, filter, cancellationToken));
    }

    /// <param name="unchangedSince">The <see cref="Agent.UpdatedAt"/> it must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.PreconditionFailed"/> when it has changed meanwhile.</exception>
    public async Task<Agent> UpdateAsync(
        Claims claims, Guid id, AgentPatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        patch.Check();
        try
        {
            var (changed, found) = await agents.UpdateAsync(claims, id, patch, unchangedSince, cancellationToken);
            return changed ?? throw Unchanged(id, found, unchangedSince);
        }
        catch (PostgresException refused) when (refused.ConstraintName == KeyIndex)
        {
            throw KeyTaken(patch.Key!);
        }
        catch (PostgresException refused) when (refused.ConstraintName == "agent_configurations_output_schema_for_json")
        {
            throw new OvermindException(ErrorCode.InvalidValue, AgentRules.SchemaNeedsJson, "output_schema", refused);
        }
    }

    /// <summary>Deletes an agent. Runs that are under way keep their snapshot of it; one that an active workflow uses is not deleted.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.AgentInUse"/>, <see cref="ErrorCode.AgentNotFound"/>.</exception>
    public Task DeleteAsync(Claims claims, Guid id, CancellationToken cancellationToken) => DeleteAsync(claims, id, null, cancellationToken);

    /// <param name="unchangedSince">The <see cref="Agent.UpdatedAt"/> it must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.PreconditionFailed"/> when it has changed meanwhile.</exception>
    public async Task DeleteAsync(Claims claims, Guid id, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var (deleted, found, usedBy) = await agents.DeleteAsync(claims, id, unchangedSince, cancellationToken);
        if (deleted)
            return;
        throw found is not null && usedBy.Count > 0 && (unchangedSince is null || unchangedSince == found.UpdatedAt)
            ? new OvermindException(
                ErrorCode.AgentInUse,
                $"The agent {found.Key} is used by the active version of {string.Join(", ", usedBy)}. Activate a version without it, or delete the workflow, first.")
            : Unchanged(id, found, unchangedSince);
    }

    /// <summary>Brings a deleted agent back.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.AgentNotFound"/>, <see cref="ErrorCode.KeyTaken"/>.</exception>
    public async Task<Agent> RestoreAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        try
        {
            return await agents.RestoreAsync(claims, id, cancellationToken) ?? await GetAsync(claims, id, cancellationToken);
        }
        catch (PostgresException refused) when (refused.ConstraintName is KeyIndex or OriginIndex)
        {
            throw new OvermindException(
                ErrorCode.KeyTaken, "Another agent has taken the key, or the place as a copy, meanwhile. Rename or delete that one first.", inner: refused);
        }
    }

    /// <summary>What organizations of this installation have published.</summary>
    public async Task<Page<PublicAgent>> ListPublicAsync(Claims claims, PageRequest page, string? q, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await agents.ListPublicAsync(claims, page, q, cancellationToken));
    }

    /// <summary>Copies an agent of the organization, or one that another has published. The copy is the organization's own.</summary>
    /// <param name="copyId">The copy's id, given beforehand.</param>
    /// <param name="key">Default: the original's.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.AgentNotFound"/>, <see cref="ErrorCode.KeyTaken"/>.</exception>
    public async Task<Agent> CopyAsync(Claims claims, Guid id, Guid copyId, string? key, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var copy = await agents.FindAsync(claims, id, cancellationToken) is { } own
            ? AgentCopies.Of(own)
            : AgentCopies.Of(await agents.FindPublicAsync(claims, id, cancellationToken) ?? throw NotFound(id));
        return await CreateAsync(claims, copy with { Id = copyId, Key = key ?? copy.Key }, cancellationToken);
    }

    // Row-level security shows members what they may not change.
    static OvermindException Unchanged(Guid id, Agent? found, DateTimeOffset? unchangedSince) => found switch
    {
        null => NotFound(id),
        _ when unchangedSince is { } since && found.UpdatedAt != since => new OvermindException(
            ErrorCode.PreconditionFailed, "The agent has changed since the version in If-Match. Read it again."),
        _ => new OvermindException(ErrorCode.Forbidden, "Only whoever made the agent and admins change it. Copy it to have one of your own."),
    };

    static OvermindException NotFound(Guid id) => new(ErrorCode.AgentNotFound, $"There is no agent {id}.");

    static OvermindException KeyTaken(string key) => new(ErrorCode.KeyTaken, $"There is an agent {key} already. Take another key.", "key");
}
