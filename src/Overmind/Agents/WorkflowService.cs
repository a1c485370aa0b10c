using Npgsql;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>
/// Workflows of the organization and their versions. One version of a key is active; what a version does for a run is changed while it is a
/// draft only, so that a run can always be told by the version it used. Who made a version and admins change it.
/// </summary>
public sealed class WorkflowService(WorkflowStore workflows, AgentStore agents)
{
    const string VersionKey = "workflows_key_version_key";
    const string ActiveKey = "workflows_active_key";
    const string PrimaryKey = "workflows_pkey";
    const int Attempts = 5;

    /// <summary>Makes a workflow: version 1, active.</summary>
    /// <exception cref="OvermindException">A value is not valid; the key is taken; the member may not write.</exception>
    public async Task<Workflow> CreateAsync(Claims claims, NewWorkflow workflow, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        workflow.Check();
        return await InsertAsync(claims, workflow, await AgentIdsAsync(claims, workflow.Agents, cancellationToken), [], cancellationToken);
    }

    /// <param name="version">Null: the active one, else the newest.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.WorkflowVersionNotFound"/>.</exception>
    public async Task<Workflow> GetAsync(Claims claims, string key, int? version, CancellationToken cancellationToken) =>
        await workflows.FindAsync(claims, key, version, cancellationToken) ?? throw NotFound(key, version);

    public async Task<Page<Workflow>> ListAsync(Claims claims, PageRequest page, WorkflowFilter filter, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await workflows.ListAsync(claims, page, filter, cancellationToken) ?? throw new OvermindException(
            ErrorCode.InvalidParameter, "The cursor is no workflow of this organization.", page.After is null ? "before" : "after"));
    }

    /// <summary>Makes the next version, a draft, from one that is there.</summary>
    /// <param name="from">Null: from the active one, else the newest.</param>
    /// <param name="draftId">Given beforehand.</param>
    public async Task<Workflow> AddVersionAsync(
        Claims claims, string key, int? from, Guid draftId, WorkflowPatch changes, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        changes.Check();
        var draft = changes.ApplyTo(await GetAsync(claims, key, from, cancellationToken)) with { Id = draftId, IsPublic = changes.IsPublic ?? false };
        var agentIds = await AgentIdsAsync(claims, draft.Agents, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await workflows.InsertAsync(claims, draft, agentIds, draft: true, [], cancellationToken);
            }
            catch (PostgresException refused) when (refused.ConstraintName == PrimaryKey)
            {
                return await FindMadeAsync(claims, key, draftId, cancellationToken) ?? throw NotFound(key, null);
            }
            catch (PostgresException refused) when (refused.ConstraintName == VersionKey && attempt < Attempts)
            {
                // Somebody else took the number meanwhile.
            }
        }
    }

    /// <summary>Changes a version: its labels at any time, what runs do by it while it is a draft.</summary>
    /// <param name="unchangedSince">The <see cref="Workflow.UpdatedAt"/> it must still have; null: as it is read now.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.VersionFrozen"/>, <see cref="ErrorCode.PreconditionFailed"/>.</exception>
    public async Task<Workflow> UpdateAsync(
        Claims claims, string key, int version, WorkflowPatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        patch.Check();
        for (var attempt = 1; ; attempt++)
        {
            var current = await GetAsync(claims, key, version, cancellationToken);
            if (patch.ChangesRuns && current.FrozenAt is not null)
                throw new OvermindException(
                    ErrorCode.VersionFrozen,
                    $"Version {version} of {key} has been active or used by a run, so that it stays as it is. Make a new version from it, change that one, and activate it.");
            IReadOnlyList<Guid>? agentIds = patch.Agents is { } named ? await AgentIdsAsync(claims, named, cancellationToken) : null;
            var (changed, found) = await workflows.UpdateAsync(
                claims, version, patch.ApplyTo(current), agentIds, patch.ChangesRuns, unchangedSince ?? current.UpdatedAt, cancellationToken);
            if (changed is not null)
                return changed;
            if (found is null)
                throw NotFound(key, version);
            if (unchangedSince is { } since && found.UpdatedAt != since)
                throw new OvermindException(ErrorCode.PreconditionFailed, "The version has changed since the one in If-Match. Read it again.");
            if (found.UpdatedAt == current.UpdatedAt || attempt == Attempts)
                throw NotTheirs();
        }
    }

    /// <summary>Makes a version the one that new runs use. To roll back, activate an older one.</summary>
    public async Task<Workflow> ActivateAsync(Claims claims, string key, int version, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var wanted = await GetAsync(claims, key, version, cancellationToken);
        await AgentIdsAsync(claims, wanted.Agents, cancellationToken);
        try
        {
            return await workflows.ActivateAsync(claims, key, version, cancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege || refused.ConstraintName == ActiveKey)
        {
            throw new OvermindException(
                ErrorCode.Forbidden, "Only admins, and whoever made both this version and the active one, activate it.", inner: refused);
        }
    }

    /// <summary>What is different in a version from another.</summary>
    public async Task<WorkflowDiff> DiffAsync(Claims claims, string key, int from, int to, CancellationToken cancellationToken)
    {
        var (before, after) = (await GetAsync(claims, key, from, cancellationToken), await GetAsync(claims, key, to, cancellationToken));
        return WorkflowDiffer.Compare(
            before, after, await workflows.LastUsedAgentsAsync(claims, before.Id, cancellationToken),
            await workflows.LastUsedAgentsAsync(claims, after.Id, cancellationToken));
    }

    /// <summary>Deletes a workflow with all its versions. Runs that are under way go on.</summary>
    public Task DeleteAsync(Claims claims, string key, CancellationToken cancellationToken) => DeleteAsync(claims, key, null, cancellationToken);

    /// <param name="unchangedSince">
    /// The <see cref="Workflow.UpdatedAt"/> that its active version, else its newest, must still have; null: whatever it is.
    /// </param>
    /// <returns>The version by which it was known: the active one, else the newest.</returns>
    /// <exception cref="OvermindException"><see cref="ErrorCode.PreconditionFailed"/> when that has changed meanwhile.</exception>
    public async Task<Workflow> DeleteAsync(Claims claims, string key, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var found = await GetAsync(claims, key, null, cancellationToken);
        if ((await workflows.SetDeletedAsync(claims, key, deleted: true, unchangedSince, cancellationToken)).Changed > 0)
            return found;
        throw unchangedSince is { } since && (await GetAsync(claims, key, null, cancellationToken)).UpdatedAt != since
            ? new OvermindException(ErrorCode.PreconditionFailed, "The workflow has changed since the version in If-Match. Read it again.")
            : NotTheirs();
    }

    /// <summary>Brings a deleted workflow back, with all its versions; the one that was active is again.</summary>
    public async Task<Workflow> RestoreAsync(Claims claims, string key, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var (changed, versions) = await workflows.SetDeletedAsync(claims, key, deleted: false, null, cancellationToken);
        if (changed == 0 && versions > 0 && await workflows.FindAsync(claims, key, null, cancellationToken) is null)
            throw NotTheirs();
        return await GetAsync(claims, key, null, cancellationToken);
    }

    /// <summary>Gives the caller's rating of the active version, or changes it.</summary>
    /// <param name="rating">1 to 5.</param>
    public async Task<Workflow> RateAsync(Claims claims, string key, int rating, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        if (rating is < 1 or > 5)
            throw new OvermindException(ErrorCode.InvalidValue, $"rating is 1 to 5, not {rating}.", "rating");
        return await workflows.RateAsync(claims, await GetAsync(claims, key, null, cancellationToken), rating, cancellationToken);
    }

    /// <summary>What organizations of this installation have published.</summary>
    public async Task<Page<PublicWorkflow>> ListPublicAsync(Claims claims, PageRequest page, string? q, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await workflows.ListPublicAsync(claims, null, q, page, cancellationToken));
    }

    /// <summary>
    /// Copies a workflow that an organization has published, and those of its agents that the caller's has no copy of yet. The copy is a workflow
    /// of its own, version 1 and active.
    /// </summary>
    /// <param name="copyId">The copy's id, given beforehand.</param>
    /// <param name="key">Default: the original's.</param>
    public async Task<Workflow> CopyAsync(Claims claims, Guid id, Guid copyId, string? key, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        if (await workflows.ListPublicAsync(claims, id, null, PageRequest.First, cancellationToken) is not [var original])
            throw new OvermindException(ErrorCode.WorkflowVersionNotFound, $"There is no public workflow {id}.");
        var wanted = WorkflowCopy.AgentsOf(original);
        var copies = (await agents.FindCopiesAsync(claims, [.. wanted.Select(a => a.OriginKey!)], cancellationToken))
            .ToDictionary(a => wanted.Any(w => w.OriginKey == a.Id.ToString()) ? a.Id.ToString() : a.OriginKey!);
        var taken = (await agents.FindAsync(claims, [.. wanted.Select(a => a.Key)], cancellationToken)).Select(a => a.Key).ToHashSet(StringComparer.Ordinal);
        // A key that is taken gets the end of the original's id.
        List<NewAgent> made =
        [
            .. wanted.Where(a => !copies.ContainsKey(a.OriginKey!))
                .Select(a => taken.Contains(a.Key) ? a with { Key = $"{Short(a.Key)}-{a.OriginKey![^12..]}" } : a),
        ];
        var ids = wanted.Select(a => copies.TryGetValue(a.OriginKey!, out var copy) ? copy.Id : made.Single(m => m.OriginKey == a.OriginKey).Id).ToList();
        var workflow = WorkflowCopy.Of(original, copyId, key, [.. wanted.Select(a => a.Key)]);
        workflow.Check();
        return await InsertAsync(claims, workflow, ids, made, cancellationToken);
    }

    async Task<Workflow> InsertAsync(
        Claims claims, NewWorkflow workflow, IReadOnlyList<Guid> agentIds, IReadOnlyList<NewAgent> newAgents, CancellationToken cancellationToken)
    {
        try
        {
            return await workflows.InsertAsync(claims, workflow, agentIds, draft: false, newAgents, cancellationToken);
        }
        catch (PostgresException refused) when (refused.ConstraintName is PrimaryKey or VersionKey or ActiveKey)
        {
            return await FindMadeAsync(claims, workflow.Key, workflow.Id, cancellationToken) ?? throw new OvermindException(
                ErrorCode.KeyTaken,
                $"There is a workflow {workflow.Key} already, or a deleted one. Take another key, make a new version of it, or restore it.", "key", refused);
        }
    }

    // The first request with an Idempotency-Key may have made it without telling.
    async Task<Workflow?> FindMadeAsync(Claims claims, string key, Guid id, CancellationToken cancellationToken)
    {
        var filter = new WorkflowFilter { Key = key };
        var versions = await workflows.ListAsync(claims, new PageRequest { Limit = PageRequest.MaxLimit }, filter, cancellationToken);
        return versions?.FirstOrDefault(w => w.Id == id);
    }

    /// <summary>The ids of the agents that a workflow names.</summary>
    /// <exception cref="OvermindException">One is not there, or not active; each is told by its place.</exception>
    async Task<IReadOnlyList<Guid>> AgentIdsAsync(Claims claims, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var found = (await agents.FindAsync(claims, keys, cancellationToken)).ToDictionary(a => a.Key);
        var checks = new Checks();
        checks.Require(keys.Count > 0, "agents", "A workflow has at least one agent. Name them by key, in order.");
        for (var i = 0; i < keys.Count; i++)
        {
            var agent = found.GetValueOrDefault(keys[i]);
            checks.Require(agent is not null, $"agents[{i}]", $"There is no agent {keys[i]} in the organization. Create it, or restore it when it was deleted.");
            checks.Require(agent is null or { IsActive: true }, $"agents[{i}]", $"The agent {keys[i]} is not active. Activate it (is_active), or leave it out.");
        }
        checks.ThrowIfAny();
        return [.. keys.Select(key => found[key].Id)];
    }

    static string Short(string key) => key.Length <= 80 ? key : key[..80];

    static OvermindException NotFound(string key, int? version) => new(
        ErrorCode.WorkflowVersionNotFound, version is null ? $"There is no workflow {key}." : $"There is no version {version} of a workflow {key}.");

    // Row-level security shows members what they may not change.
    static OvermindException NotTheirs() => new(
        ErrorCode.Forbidden, "Only whoever made the workflow and admins change it. Create one of your own, or ask an admin.");
}
