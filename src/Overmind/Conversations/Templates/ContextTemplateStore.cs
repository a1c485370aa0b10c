using System.Text.Json.Nodes;
using Npgsql;
using Overmind.Conversations.Moderation;
using Overmind.Postgres;

namespace Overmind.Conversations.Templates;

/// <summary>The SQL of context templates.</summary>
public sealed class ContextTemplateStore(Database database)
{
    // Uses that are not counted yet are told with those that are.
    const string Columns = """
        id, name, description, segments::text, variables::text, total_tokens, version, use_count + overmind.pending_template_uses(id), use_cases, agent_types,
        created_by, created_at, updated_at
        """;

    const string InsertSql = $"""
        insert into context_templates (id, name, description, segments, variables, total_tokens, use_cases, agent_types)
        values ($1, $2, $3, $4::jsonb, $5::jsonb, $6, $7, $8)
        returning {Columns}
        """;

    const string UpdateSql = $"""
        update context_templates
        set name = coalesce($2, name),
            description = case when $3 then $4 else description end,
            segments = coalesce($5::jsonb, segments),
            variables = coalesce($6::jsonb, variables),
            total_tokens = coalesce($7, total_tokens),
            use_cases = coalesce($8, use_cases),
            agent_types = coalesce($9, agent_types)
        where id = $1
        and deleted_at is null
        and updated_at = $10
        returning {Columns}
        """;

    const string DeleteSql = """
        update context_templates
        set deleted_at = clock_timestamp()
        where id = $1
        and deleted_at is null
        and ($2::timestamptz is null or updated_at = $2)
        """;

    const string RestoreSql = $"""
        update context_templates
        set deleted_at = null
        where id = $1
        and deleted_at is not null
        returning {Columns}
        """;

    // The current version is the template itself.
    const string VersionsSql = """
        select v.*
        from (
            select v.id, v.template_id, v.version, false as is_current, v.segments::text, v.variables::text, v.total_tokens, v.replaced_by, v.created_at
            from context_template_versions v
            where v.template_id = $1
            union all
            select t.id, t.id, t.version, true, t.segments::text, t.variables::text, t.total_tokens, null, null
            from context_templates t
            where t.id = $1) as v
        """;

    internal Task<ContextTemplate?> FindAsync(Claims claims, Guid id, CancellationToken cancellationToken) => database.FindAsync(claims, Find(id), Map, cancellationToken);

    /// <summary>A version of a template by its id or name, and the template's name; the version is null when there is none of this number. Null: there is no such template.</summary>
    /// <param name="version">Null for the current one.</param>
    internal async Task<(string Name, ContextTemplateVersion? Version)?> FindVersionAsync(
        Claims claims, Guid? id, string? name, int? version, CancellationToken cancellationToken)
    {
        var template = await database.FindAsync(
            claims,
            new Statement(
                "select id, name, version from context_templates where (id = $1 or name = $2) and deleted_at is null", Parameter.Uuid(id), Parameter.Text(name)),
            row => ((Guid Id, string Name, int Version)?)(row.GetGuid(0), row.GetString(1), row.GetInt32(2)), cancellationToken);
        return template is not { } found
            ? null
            : (found.Name, await database.FindAsync(
                claims, new Statement($"{VersionsSql} where v.version = $2", found.Id, version ?? found.Version), MapVersion, cancellationToken));
    }

    /// <summary>One row more than the limit, where there are more.</summary>
    internal Task<IReadOnlyList<ContextTemplate>> ListAsync(Claims claims, ContextTemplateFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var (comparison, direction) = page.ReadsUpwards ? (">", "asc") : ("<", "desc");
        List<object?> parameters =
        [
            Parameter.Uuid(page.Cursor), Parameter.Text(filter.Name), Parameter.Text(filter.UseCase), Parameter.Text(filter.AgentType), Parameter.Text(filter.Q),
            page.Limit + 1,
        ];
        var sql = $"""
            select {Columns}
            from context_templates
            where deleted_at is null{CreatedRange.And(page.CreatedAt, parameters)}
            and ($1::uuid is null or id {comparison} $1)
            and ($2::text is null or name = $2)
            and ($3::text is null or $3 = any (use_cases))
            and ($4::text is null or $4 = any (agent_types))
            and ($5::text is null or strpos(lower(concat_ws(' ', name, description)), lower($5)) > 0)
            order by id {direction}
            limit $6
            """;
        return database.ListAsync(claims, new Statement(sql, [.. parameters]), Map, cancellationToken);
    }

    /// <summary>One row more than the limit, where there are more; null when there is no such template.</summary>
    internal async Task<IReadOnlyList<ContextTemplateVersion>?> ListVersionsAsync(Claims claims, Guid id, PageRequest page, CancellationToken cancellationToken)
    {
        List<object?> parameters = [id, Parameter.Uuid(page.Cursor)];
        var created = CreatedRange.And(page.CreatedAt, parameters, "v.created_at");
        var sql = $"""
            {VersionsSql}
            where ($2::uuid is null or v.version {(page.ReadsUpwards ? ">" : "<")} coalesce(
                (select version from context_template_versions where id = $2 and template_id = $1),
                (select version from context_templates where id = $2 and id = $1)))
            {created}
            order by v.version {(page.ReadsUpwards ? "asc" : "desc")}
            limit {page.Limit + 1}
            """;
        await using var results = await database.SendAsync(claims, [Find(id), new Statement(sql, [.. parameters])], cancellationToken);
        var template = await results.FindAsync(Map);
        var versions = await results.ListAsync(MapVersion);
        return template is null ? null : versions;
    }

    /// <exception cref="PostgresException">23505: there is one of this id or name.</exception>
    internal async Task<ContextTemplate> InsertAsync(Claims claims, NewContextTemplate template, int tokens, CancellationToken cancellationToken) =>
        (await database.FindAsync(
            claims,
            new Statement(
                InsertSql, template.Id, template.Name, Parameter.Text(template.Description), TemplateJson.Write(template.Segments),
                TemplateJson.Write(template.Variables), tokens, Parameter.Texts(template.UseCases), Parameter.Texts(template.AgentTypes)),
            Map, cancellationToken))!;

    /// <summary>Changes one that is still as it was at <paramref name="unchangedSince"/>; null when it is not.</summary>
    /// <param name="tokens">Of other segments; null: they stay.</param>
    internal Task<ContextTemplate?> UpdateAsync(
        Claims claims, Guid id, ContextTemplatePatch patch, int? tokens, DateTimeOffset unchangedSince, CancellationToken cancellationToken) =>
        database.FindAsync(
            claims,
            new Statement(
                UpdateSql, id, Parameter.Text(patch.Name), patch.Description is not null, Parameter.Text(patch.Description?.Value),
                Parameter.Text(patch.Segments is { } segments ? TemplateJson.Write(segments) : null),
                Parameter.Text(patch.Variables is { } variables ? TemplateJson.Write(variables) : null), Parameter.Integer(tokens),
                Parameter.Texts(patch.UseCases), Parameter.Texts(patch.AgentTypes), Parameter.Time(unchangedSince)),
            Map, cancellationToken);

    /// <summary>Whether there was one to delete, and unchanged.</summary>
    internal async Task<bool> DeleteAsync(Claims claims, Guid id, DateTimeOffset? unchangedSince, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(claims, DeleteSql, [id, Parameter.Time(unchangedSince)], cancellationToken) > 0;

    /// <summary>Brings one back; null when there is none to bring back.</summary>
    internal Task<ContextTemplate?> RestoreAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(RestoreSql, id), Map, cancellationToken);

    /// <summary>The model with which a workflow answers, as <c>provider/model</c>; null: it has none, or is not there.</summary>
    internal Task<string?> FindWorkflowModelAsync(Claims claims, Guid workflowId, CancellationToken cancellationToken) => database.FindAsync(
        claims, new Statement("select synthesis_provider || '/' || synthesis_model from workflows where id = $1", workflowId), row => row.Text(0), cancellationToken);

    /// <summary>Makes a conversation with its first messages, and counts the template's use. Null when it is not the caller's to see.</summary>
    internal async Task<Conversation?> BeginAsync(
        Claims claims, NewConversation conversation, Guid templateId, IReadOnlyList<(RenderedMessage Message, int? Tokens, ModerationVerdict? Verdict)> messages,
        CancellationToken cancellationToken)
    {
        var written = new JsonArray(
        [
            .. messages.Select(m => (JsonNode)new JsonObject
            {
                ["role"] = LowerSnake.Write(m.Message.Role),
                ["content"] = m.Message.Content,
                ["window_tokens"] = m.Tokens,
                ["moderation"] = m.Verdict?.ToSetting(),
            }),
        ]);
        await using var results = await database.SendAsync(
            claims,
            [
                ConversationStore.Insert(conversation),
                new("select overmind.begin_conversation($1, $2, $3::jsonb)", conversation.Id, templateId, StoredText.CleanJson(written.ToJsonString())),
                ConversationStore.Find(conversation.Id),
            ],
            cancellationToken);
        await results.FindAsync(_ => true);
        await results.FindAsync<int>();
        return await results.FindAsync(ConversationStore.Map);
    }

    internal Task FoldUsesAsync(CancellationToken cancellationToken) =>
        database.ExecuteAsync(Claims.Service, "select overmind.fold_template_uses()", [], cancellationToken);

    static Statement Find(Guid id) => new($"select {Columns} from context_templates where id = $1 and deleted_at is null", id);

    static ContextTemplate Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Name = row.GetString(1),
        Description = row.Text(2),
        Segments = TemplateJson.Segments(row.GetString(3)),
        Variables = TemplateJson.Variables(row.GetString(4)),
        TotalTokens = row.Value<int>(5),
        Version = row.GetInt32(6),
        UseCount = row.GetInt64(7),
        UseCases = row.GetFieldValue<string[]>(8),
        AgentTypes = row.GetFieldValue<string[]>(9),
        CreatedBy = row.Value<Guid>(10),
        CreatedAt = row.Time(11),
        UpdatedAt = row.Time(12),
    };

    static ContextTemplateVersion MapVersion(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        TemplateId = row.GetGuid(1),
        Version = row.GetInt32(2),
        IsCurrent = row.GetBoolean(3),
        Segments = TemplateJson.Segments(row.GetString(4)),
        Variables = TemplateJson.Variables(row.GetString(5)),
        TotalTokens = row.Value<int>(6),
        ReplacedBy = row.Value<Guid>(7),
        ReplacedAt = row.IsDBNull(8) ? null : row.Time(8),
    };
}
