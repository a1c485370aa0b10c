using Npgsql;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>The SQL of workflows and their versions.</summary>
public sealed class WorkflowStore(Database database)
{
    const string Columns = """
        w.id, w.key, w.version, w.is_active, w.name, w.description, w.category, w.execution_mode, w.quality_threshold, w.max_n2_iterations,
        w.cost_cap_usd, w.deadline_seconds, w.synthesis_provider || '/' || w.synthesis_model, w.judge_provider || '/' || w.judge_model, w.settings,
        array(
            select a.key
            from workflow_agents wa
            join agent_configurations a on (a.organization_id, a.id) = (wa.organization_id, wa.agent_id)
            where (wa.organization_id, wa.workflow_id) = (w.organization_id, w.id)
            order by wa.position),
        w.is_public, w.is_template, w.usage_count, w.rating_sum::double precision / nullif(w.rating_count, 0), w.rating_count, w.origin_key,
        w.origin_version, w.created_by, w.frozen_at, w.created_at, w.updated_at,
        (select r.rating from workflow_ratings r where (r.organization_id, r.workflow_id) = (w.organization_id, w.id) and r.user_id = overmind.user_id())
        """;

    // $1 key, $2 version, $3 how it must still be, $4 whether only a draft may be changed so.
    const string Changeable = """
        w.key = $1 and w.version = $2 and w.deleted_at is null and ($3::timestamptz is null or w.updated_at = $3)
        and (not $4 or w.frozen_at is null)
        """;

    // The version's own row says nothing of its agents, so that changing them alone is an act of its own.
    const string AuditAgentsSql = $"""
        select overmind.audit(
            'workflow.updated', 'update', 'workflow', w.id::text, 'success',
            jsonb_build_object('agents', before.keys), jsonb_build_object('agents', after.keys))
        from workflows w
        cross join lateral (
            select array_agg(a.key order by wa.position) as keys
            from workflow_agents wa
            join agent_configurations a on (a.organization_id, a.id) = (wa.organization_id, wa.agent_id)
            where (wa.organization_id, wa.workflow_id) = (w.organization_id, w.id)) as before
        cross join lateral (
            select array_agg(a.key order by array_position($5, a.id)) as keys
            from agent_configurations a
            where a.id = any ($5)) as after
        where {Changeable}
        and before.keys is distinct from after.keys
        """;

    const string UpdateSql = $"""
        update workflows w
        set name = $5,
            description = $6,
            category = $7,
            execution_mode = $8,
            quality_threshold = $9,
            max_n2_iterations = $10,
            cost_cap_usd = $11,
            deadline_seconds = $12,
            synthesis_provider = $13,
            synthesis_model = $14,
            judge_provider = $15,
            judge_model = $16,
            settings = $17::jsonb,
            is_public = $18
        where {Changeable}
        returning {Columns}
        """;

    /// <param name="version">Null: the active one, else the newest.</param>
    internal Task<Workflow?> FindAsync(Claims claims, string key, int? version, CancellationToken cancellationToken) =>
        database.FindAsync(claims, Find(key, version), Map, cancellationToken);

    /// <summary>One row more than the limit, where there are more; null when the cursor is no workflow.</summary>
    internal async Task<IReadOnlyList<Workflow>?> ListAsync(Claims claims, PageRequest page, WorkflowFilter filter, CancellationToken cancellationToken)
    {
        var (comparison, direction) = page.ReadsUpwards ? (">", "asc") : ("<", "desc");
        var order = filter.Sort switch
        {
            WorkflowSort.Rating => "coalesce(w.rating_sum::double precision / nullif(w.rating_count, 0), 0)",
            WorkflowSort.Usage => "w.usage_count",
            WorkflowSort.Category => "coalesce(w.category, '')",
            WorkflowSort.Name => "w.name",
            _ => "w.id",
        };
        List<object?> parameters =
        [
            Parameter.Uuid(page.Cursor), Parameter.Boolean(filter.Active), Parameter.Text(filter.Key), Parameter.Text(filter.Category),
            Parameter.Text(filter.Q), page.Limit + 1,
        ];
        await using var results = await database.SendAsync(
            claims,
            [
                new("select count(*) from workflows where id = $1", Parameter.Uuid(page.Cursor)),
                new(
                    $"""
                    select {Columns}
                    from workflows w
                    where w.deleted_at is null{CreatedRange.And(page.CreatedAt, parameters, "w.created_at")}
                    and ($1::uuid is null or ({order}, w.id) {comparison} (select {order}, w.id from workflows w where w.id = $1))
                    and ($2::boolean is null or w.is_active = $2)
                    and ($3::text is null or w.key = $3)
                    and ($4::text is null or w.category = $4)
                    and ($5::text is null or strpos(lower(concat_ws(' ', w.key, w.name, w.description, w.category)), lower($5)) > 0)
                    order by {order} {direction}, w.id {direction}
                    limit $6
                    """,
                    [.. parameters]),
            ],
            cancellationToken);
        var cursors = await results.FindAsync<long>();
        var rows = await results.ListAsync(Map);
        return page.Cursor is not null && cursors == 0 ? null : rows;
    }

    /// <summary>Makes the first version of a key, active; or, with <paramref name="draft"/>, the next one, not active.</summary>
    internal async Task<Workflow> InsertAsync(
        Claims claims, NewWorkflow workflow, IReadOnlyList<Guid> agents, bool draft, IReadOnlyList<NewAgent> newAgents, CancellationToken cancellationToken)
    {
        var insert = new Statement(
            $"""
            insert into workflows (
                id, key, version, is_active, name, description, category, execution_mode, quality_threshold, max_n2_iterations, cost_cap_usd,
                deadline_seconds, synthesis_provider, synthesis_model, judge_provider, judge_model, settings, is_public, origin_key, origin_version)
            values (
                $1, $2, {(draft ? "(select coalesce(max(version), 0) + 1 from workflows where key = $2)" : "1")}, $3, $4, $5, $6, $7, $8, $9, $10,
                $11, $12, $13, $14, $15, $16::jsonb, $17, $18, $19)
            """,
            workflow.Id, workflow.Key, !draft, workflow.Name, Parameter.Text(workflow.Description), Parameter.Text(workflow.Category),
            LowerSnake.Write(workflow.ExecutionMode), Parameter.Double(workflow.QualityThreshold), Parameter.Integer(workflow.MaxN2Iterations),
            Parameter.Numeric(workflow.CostCapUsd), Parameter.Integer(workflow.DeadlineSeconds), Parameter.Text(workflow.SynthesisModel?.Provider),
            Parameter.Text(workflow.SynthesisModel?.Model), Parameter.Text(workflow.JudgeModel?.Provider), Parameter.Text(workflow.JudgeModel?.Model),
            workflow.Settings ?? "{}", workflow.IsPublic, Parameter.Text(workflow.Origin?.Key), Parameter.Integer(workflow.Origin?.Version));
        var members = Rows(workflow.Id, agents).Statement(values => $"insert into workflow_agents (workflow_id, agent_id, position) values {values}");
        await using var results = await database.SendAsync(
            claims,
            [.. newAgents.Select(AgentStore.Insert), insert, members, new($"select {Columns} from workflows w where w.id = $1", workflow.Id)],
            cancellationToken);
        foreach (var _ in newAgents)
            await results.FindAsync(static row => row.GetGuid(0));
        return (await results.FindAsync(Map))!;
    }

    /// <summary>
    /// Changes a version, if it is still as it was at <paramref name="unchangedSince"/>, and a draft where only drafts may be changed so. The first
    /// is null when it was not changed, the second is what is there.
    /// </summary>
    /// <param name="agents">All agents, when they change.</param>
    internal async Task<(Workflow? Changed, Workflow? Found)> UpdateAsync(
        Claims claims, int version, NewWorkflow workflow, IReadOnlyList<Guid>? agents, bool draftOnly, DateTimeOffset? unchangedSince,
        CancellationToken cancellationToken)
    {
        object?[] which = [workflow.Key, version, Parameter.Time(unchangedSince), draftOnly];
        // Holds the version, so that the conditions are the same for all that follows.
        var statements = new List<Statement> { new($"select w.id from workflows w where {Changeable} for no key update", which) };
        if (agents is not null)
        {
            statements.Add(new(AuditAgentsSql, workflow.Key, version, Parameter.Time(unchangedSince), draftOnly, agents.ToArray()));
            which = [workflow.Key, version, Parameter.Time(unchangedSince), draftOnly];
            statements.Add(new($"delete from workflow_agents wa using workflows w where wa.workflow_id = w.id and {Changeable}", which));
            for (var i = 0; i < agents.Count; i++)
                statements.Add(new(
                    $"insert into workflow_agents (workflow_id, agent_id, position) select w.id, $5, $6 from workflows w where {Changeable}",
                    workflow.Key, version, Parameter.Time(unchangedSince), draftOnly, agents[i], i + 1));
        }
        statements.Add(new(
            UpdateSql, workflow.Key, version, Parameter.Time(unchangedSince), draftOnly, workflow.Name, Parameter.Text(workflow.Description),
            Parameter.Text(workflow.Category), LowerSnake.Write(workflow.ExecutionMode), Parameter.Double(workflow.QualityThreshold),
            Parameter.Integer(workflow.MaxN2Iterations), Parameter.Numeric(workflow.CostCapUsd), Parameter.Integer(workflow.DeadlineSeconds),
            Parameter.Text(workflow.SynthesisModel?.Provider), Parameter.Text(workflow.SynthesisModel?.Model),
            Parameter.Text(workflow.JudgeModel?.Provider), Parameter.Text(workflow.JudgeModel?.Model), workflow.Settings ?? "{}", workflow.IsPublic));
        statements.Add(Find(workflow.Key, version));
        await using var results = await database.SendAsync(claims, statements, cancellationToken);
        await results.FindAsync<Guid?>();
        if (agents is not null)
            await results.FindAsync(static _ => true);
        var changed = await results.FindAsync(Map);
        return (changed, await results.FindAsync(Map));
    }

    /// <summary>Makes a version the active one.</summary>
    internal async Task<Workflow> ActivateAsync(Claims claims, string key, int version, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims, [new("select overmind.activate_workflow($1, $2)", key, version), Find(key, version)], cancellationToken);
        await results.FindAsync<Guid>();
        return (await results.FindAsync(Map))!;
    }

    /// <summary>
    /// Deletes all versions of a key, or brings all back, if the one that <see cref="FindAsync"/> finds is still as it was at
    /// <paramref name="unchangedSince"/>; how many, of how many there are.
    /// </summary>
    internal async Task<(int Changed, long Versions)> SetDeletedAsync(
        Claims claims, string key, bool deleted, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        var (state, value) = deleted ? ("is null", "clock_timestamp()") : ("is not null", "null");
        await using var results = await database.SendAsync(
            claims,
            [
                // Holds them, so that what the next statement compares is what it changes.
                new("select count(*) from (select from workflows where key = $1 order by id for no key update) as held", key),
                new("select count(*) from workflows where key = $1", key),
                new(
                    $"""
                    update workflows
                    set deleted_at = {value}
                    where key = $1
                    and deleted_at {state}
                    and ($2::timestamptz is null or $2 = (
                        select w.updated_at from workflows w where w.key = $1 and w.deleted_at is null order by w.is_active desc, w.version desc limit 1))
                    -- All of them or none.
                    and (
                        overmind.org_role() = 'admin'
                        or not exists (select from workflows o where o.key = $1 and o.created_by is distinct from overmind.user_id()))
                    """, key, Parameter.Time(unchangedSince)),
            ],
            cancellationToken);
        await results.FindAsync<long>();
        var versions = await results.FindAsync<long>();
        return (await results.CompleteAsync(), versions);
    }

    /// <summary>Gives the caller's rating of a version, or changes it.</summary>
    internal async Task<Workflow> RateAsync(Claims claims, Workflow workflow, int rating, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims,
            [
                new(
                    """
                    insert into workflow_ratings (workflow_id, rating)
                    values ($1, $2)
                    on conflict (organization_id, workflow_id, user_id) do update set rating = excluded.rating
                    """, workflow.Id, rating),
                Find(workflow.Key, workflow.Version),
            ],
            cancellationToken);
        return (await results.FindAsync(Map))!;
    }

    /// <summary>The agents of the newest run of a version that the caller sees, as it used them, in JSON; null when there is none.</summary>
    internal Task<string?> LastUsedAgentsAsync(Claims claims, Guid workflowId, CancellationToken cancellationToken) => database.FindAsync<string>(
        claims, "select snapshot ->> 'agents' from workflow_runs where workflow_id = $1 and snapshot is not null order by id desc limit 1", [workflowId],
        cancellationToken);

    /// <summary>What organizations have published; one row more than the limit, where there are more.</summary>
    internal Task<IReadOnlyList<PublicWorkflow>> ListPublicAsync(
        Claims claims, Guid? id, string? q, PageRequest page, CancellationToken cancellationToken) => database.ListAsync(
        claims,
        new Statement(
            "select * from overmind.public_catalogue_workflows($1, $2, $3, $4, $5)", Parameter.Uuid(id), Parameter.Text(q), Parameter.Uuid(page.Cursor),
            page.ReadsUpwards, page.Limit + 1),
        MapPublic, cancellationToken);

    static Statement Find(string key, int? version) => new(
        $"""
        select {Columns}
        from workflows w
        where w.key = $1
        and w.deleted_at is null
        and ($2::integer is null or w.version = $2)
        order by w.is_active desc, w.version desc
        limit 1
        """, key, Parameter.Integer(version));

    static RowValues Rows(Guid workflow, IReadOnlyList<Guid> agents)
    {
        var rows = new RowValues("uuid", "uuid", "integer");
        for (var i = 0; i < agents.Count; i++)
            rows.Add(workflow, agents[i], i + 1);
        return rows;
    }

    static PublicWorkflow MapPublic(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        OrganizationName = row.GetString(1),
        Key = row.GetString(2),
        Version = row.GetInt32(3),
        Name = row.GetString(4),
        Description = row.Text(5),
        Category = row.Text(6),
        ExecutionMode = row.Word<ExecutionMode>(7),
        QualityThreshold = row.Value<double>(8),
        MaxN2Iterations = row.Value<int>(9),
        Agents = row.Json(10),
        UpdatedAt = row.Time(11),
    };

    static Workflow Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Key = row.GetString(1),
        Version = row.GetInt32(2),
        IsActive = row.GetBoolean(3),
        Name = row.GetString(4),
        Description = row.Text(5),
        Category = row.Text(6),
        ExecutionMode = row.Word<ExecutionMode>(7),
        QualityThreshold = row.Value<double>(8),
        MaxN2Iterations = row.Value<int>(9),
        CostCapUsd = row.Value<decimal>(10),
        DeadlineSeconds = row.Value<int>(11),
        SynthesisModel = row.Text(12),
        JudgeModel = row.Text(13),
        Settings = row.Json(14),
        Agents = row.GetFieldValue<string[]>(15),
        IsPublic = row.GetBoolean(16),
        IsTemplate = row.GetBoolean(17),
        UsageCount = row.GetInt64(18),
        Rating = row.Value<double>(19),
        RatingCount = row.GetInt64(20),
        OriginKey = row.Text(21),
        OriginVersion = row.Value<int>(22),
        CreatedBy = row.Value<Guid>(23),
        FrozenAt = row.IsDBNull(24) ? null : row.Time(24),
        CreatedAt = row.Time(25),
        UpdatedAt = row.Time(26),
        MyRating = row.Value<int>(27),
    };
}
