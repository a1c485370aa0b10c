using Npgsql;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>The SQL of agents.</summary>
public sealed class AgentStore(Database database)
{
    const string Columns = """
        id, key, name, role, goal, backstory, output_format, output_schema, llm_provider || '/' || llm_model, temperature, max_tokens,
        allow_delegation, "verbose", settings, is_active, is_public, usage_count, avg_quality_score, origin_key, origin_version, created_by,
        created_at, updated_at
        """;

    const string InsertSql = $"""
        insert into agent_configurations (
            id, key, name, role, goal, backstory, output_format, output_schema, llm_provider, llm_model, temperature, max_tokens,
            allow_delegation, "verbose", settings, is_active, is_public, origin_key, origin_version)
        values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $11, $12, $13, $14, $15::jsonb, $16, $17, $18, case when $18 is null then null else 1 end)
        returning {Columns}
        """;

    const string UpdateSql = $"""
        update agent_configurations
        set key = coalesce($2, key),
            name = coalesce($3, name),
            role = coalesce($4, role),
            goal = coalesce($5, goal),
            backstory = coalesce($6, backstory),
            output_format = coalesce($7, output_format),
            output_schema = case when $8 then $9::jsonb else output_schema end,
            llm_provider = case when $10 then $11 else llm_provider end,
            llm_model = case when $10 then $12 else llm_model end,
            temperature = coalesce($13, temperature),
            max_tokens = coalesce($14, max_tokens),
            allow_delegation = coalesce($15, allow_delegation),
            "verbose" = coalesce($16, "verbose"),
            settings = coalesce($17::jsonb, settings),
            is_active = coalesce($18, is_active),
            is_public = coalesce($19, is_public)
        where id = $1
        and deleted_at is null
        and ($20::timestamptz is null or updated_at = $20)
        returning {Columns}
        """;

    const string UsedBySql = """
        select distinct w.key
        from workflow_agents wa
        join workflows w on (w.organization_id, w.id) = (wa.organization_id, wa.workflow_id)
        where wa.agent_id = $1 and w.is_active and w.deleted_at is null
        order by w.key
        """;

    internal Task<Agent?> FindAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, Find(id), Map, cancellationToken);

    /// <summary>The live agents of these keys.</summary>
    internal Task<IReadOnlyList<Agent>> FindAsync(Claims claims, IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        database.ListAsync(
            claims, new Statement($"select {Columns} from agent_configurations where key = any($1) and deleted_at is null", Parameter.Texts(keys)),
            Map, cancellationToken);

    /// <summary>The live copies of these originals, and those of them that are the organization's own.</summary>
    internal Task<IReadOnlyList<Agent>> FindCopiesAsync(Claims claims, IReadOnlyList<string> originKeys, CancellationToken cancellationToken) =>
        database.ListAsync(
            claims,
            new Statement($"select {Columns} from agent_configurations where (origin_key = any($1) or id::text = any($1)) and deleted_at is null", Parameter.Texts(originKeys)),
            Map, cancellationToken);

    /// <summary>One row more than the limit, where there are more.</summary>
    internal Task<IReadOnlyList<Agent>> ListAsync(Claims claims, PageRequest page, AgentFilter filter, CancellationToken cancellationToken)
    {
        var (comparison, direction) = page.ReadsUpwards ? (">", "asc") : ("<", "desc");
        List<object?> parameters =
        [
            Parameter.Uuid(page.Cursor), Parameter.Boolean(filter.Active), Parameter.Text(filter.Key), Parameter.Text(filter.Q), page.Limit + 1,
        ];
        var sql = $"""
            select {Columns}
            from agent_configurations
            where deleted_at is null{CreatedRange.And(page.CreatedAt, parameters)}
            and ($1::uuid is null or id {comparison} $1)
            and ($2::boolean is null or is_active = $2)
            and ($3::text is null or key = $3)
            and ($4::text is null or strpos(lower(concat_ws(' ', key, name, role, goal)), lower($4)) > 0)
            order by id {direction}
            limit $5
            """;
        return database.ListAsync(claims, new Statement(sql, [.. parameters]), Map, cancellationToken);
    }

    internal async Task<Agent> InsertAsync(Claims claims, NewAgent agent, CancellationToken cancellationToken) =>
        (await database.FindAsync(claims, Insert(agent), Map, cancellationToken))!;

    /// <summary>The statement that makes one.</summary>
    internal static Statement Insert(NewAgent agent) => new(
        InsertSql, agent.Id, agent.Key, agent.Name, agent.Role ?? agent.Name, agent.Goal, agent.Backstory, LowerSnake.Write(agent.OutputFormat),
        Parameter.Text(agent.OutputSchema), Parameter.Text(agent.Model?.Provider), Parameter.Text(agent.Model?.Model), agent.Temperature,
        agent.MaxTokens, agent.AllowDelegation, agent.Verbose, agent.Settings ?? "{}", agent.IsActive, agent.IsPublic,
        Parameter.Text(agent.OriginKey));

    /// <summary>Changes one, if it is still as it was at <paramref name="unchangedSince"/>. The first is null when it was not changed, the second is what is there.</summary>
    internal async Task<(Agent? Changed, Agent? Found)> UpdateAsync(
        Claims claims, Guid id, AgentPatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        var update = new Statement(
            UpdateSql, id, Parameter.Text(patch.Key), Parameter.Text(patch.Name), Parameter.Text(patch.Role), Parameter.Text(patch.Goal),
            Parameter.Text(patch.Backstory), Parameter.Text(patch.OutputFormat is { } format ? LowerSnake.Write(format) : null),
            patch.OutputSchema is not null, Parameter.Text(patch.OutputSchema?.Value), patch.Model is not null,
            Parameter.Text(patch.Model?.Value?.Provider), Parameter.Text(patch.Model?.Value?.Model), Parameter.Double(patch.Temperature),
            Parameter.Integer(patch.MaxTokens), Parameter.Boolean(patch.AllowDelegation), Parameter.Boolean(patch.Verbose),
            Parameter.Text(patch.Settings), Parameter.Boolean(patch.IsActive), Parameter.Boolean(patch.IsPublic), Parameter.Time(unchangedSince));
        await using var results = await database.SendAsync(claims, [update, Find(id)], cancellationToken);
        var changed = await results.FindAsync(Map);
        return (changed, await results.FindAsync(Map));
    }

    /// <summary>
    /// Deletes one that no active workflow uses, if it is still as it was at <paramref name="unchangedSince"/>: whether it did, what is there now,
    /// and the keys of the workflows that use it.
    /// </summary>
    internal async Task<(bool Deleted, Agent? Found, IReadOnlyList<string> UsedBy)> DeleteAsync(
        Claims claims, Guid id, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims,
            [
                new(
                    $"""
                    update agent_configurations
                    set deleted_at = clock_timestamp()
                    where id = $1
                    and deleted_at is null
                    and ($2::timestamptz is null or updated_at = $2)
                    and not exists ({UsedBySql})
                    returning id
                    """, id, Parameter.Time(unchangedSince)),
                Find(id),
                new(UsedBySql, id),
            ],
            cancellationToken);
        var deleted = await results.FindAsync<Guid?>();
        var found = await results.FindAsync(Map);
        return (deleted is not null, found, await results.ListAsync<string>());
    }

    /// <summary>Brings one back; null when there is none to bring back.</summary>
    internal Task<Agent?> RestoreAsync(Claims claims, Guid id, CancellationToken cancellationToken) => database.FindAsync(
        claims,
        new Statement($"update agent_configurations set deleted_at = null where id = $1 and deleted_at is not null returning {Columns}", id),
        Map, cancellationToken);

    /// <summary>What organizations have published; one row more than the limit, where there are more.</summary>
    internal Task<IReadOnlyList<PublicAgent>> ListPublicAsync(Claims claims, PageRequest page, string? q, CancellationToken cancellationToken) =>
        PublicAsync(claims, null, q, page, cancellationToken);

    internal async Task<PublicAgent?> FindPublicAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        await PublicAsync(claims, id, null, PageRequest.First, cancellationToken) is [var found, ..] ? found : null;

    Task<IReadOnlyList<PublicAgent>> PublicAsync(Claims claims, Guid? id, string? q, PageRequest page, CancellationToken cancellationToken) =>
        database.ListAsync(
            claims,
            new Statement(
                "select * from overmind.public_catalogue_agents($1, $2, $3, $4, $5)", Parameter.Uuid(id), Parameter.Text(q),
                Parameter.Uuid(page.Cursor), page.ReadsUpwards, page.Limit + 1),
            MapPublic, cancellationToken);

    static Statement Find(Guid id) => new($"select {Columns} from agent_configurations where id = $1 and deleted_at is null", id);

    static PublicAgent MapPublic(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        OrganizationName = row.GetString(1),
        Key = row.GetString(2),
        Name = row.GetString(3),
        Role = row.GetString(4),
        Goal = row.GetString(5),
        Backstory = row.GetString(6),
        OutputFormat = row.Word<OutputFormat>(7),
        OutputSchema = row.IsDBNull(8) ? null : row.Json(8),
        Temperature = row.GetDouble(9),
        MaxTokens = row.GetInt32(10),
        UpdatedAt = row.Time(11),
    };

    static Agent Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Key = row.GetString(1),
        Name = row.GetString(2),
        Role = row.GetString(3),
        Goal = row.GetString(4),
        Backstory = row.GetString(5),
        OutputFormat = row.Word<OutputFormat>(6),
        OutputSchema = row.IsDBNull(7) ? null : row.Json(7),
        Model = row.Text(8),
        Temperature = row.GetDouble(9),
        MaxTokens = row.GetInt32(10),
        AllowDelegation = row.GetBoolean(11),
        Verbose = row.GetBoolean(12),
        Settings = row.Json(13),
        IsActive = row.GetBoolean(14),
        IsPublic = row.GetBoolean(15),
        UsageCount = row.GetInt64(16),
        AvgQualityScore = row.Value<double>(17),
        OriginKey = row.Text(18),
        OriginVersion = row.Value<int>(19),
        CreatedBy = row.Value<Guid>(20),
        CreatedAt = row.Time(21),
        UpdatedAt = row.Time(22),
    };
}
