using Npgsql;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>The SQL of agents and workflows, as their readers see them.</summary>
public sealed class AgentStore(Database database)
{
    /// <summary>The agents that are not deleted.</summary>
    public async Task<Page<Agent>> ListAgentsAsync(Claims claims, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        var sql = $"""
            select
                id, key, name, role, goal, backstory, output_format, llm_provider || '/' || llm_model, temperature, max_tokens, is_active,
                created_at, updated_at
            from agent_configurations
            where deleted_at is null
            {Cursor(page, "id")}
            order by id {Direction(page)}
            limit $1
            """;
        return page.PageOf(await database.ListAsync(claims, Statement(sql, page), MapAgent, cancellationToken));
    }

    /// <summary>All versions of the workflows that are not deleted.</summary>
    public async Task<Page<Workflow>> ListWorkflowsAsync(Claims claims, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        var sql = $"""
            select
                w.id, w.key, w.version, w.is_active, w.name, w.description, w.category, w.execution_mode, w.quality_threshold,
                w.max_n2_iterations,
                array(
                    select a.key
                    from workflow_agents wa
                    join agent_configurations a on (a.organization_id, a.id) = (wa.organization_id, wa.agent_id)
                    where (wa.organization_id, wa.workflow_id) = (w.organization_id, w.id)
                    order by wa.position),
                w.created_at, w.updated_at
            from workflows w
            where w.deleted_at is null
            {Cursor(page, "w.id")}
            order by w.id {Direction(page)}
            limit $1
            """;
        return page.PageOf(await database.ListAsync(claims, Statement(sql, page), MapWorkflow, cancellationToken));
    }

    static string Cursor(PageRequest page, string column) => page.Cursor is null ? "" : $"and {column} {(page.ReadsUpwards ? ">" : "<")} $2";

    static string Direction(PageRequest page) => page.ReadsUpwards ? "asc" : "desc";

    static Statement Statement(string sql, PageRequest page) =>
        page.Cursor is { } cursor ? new Statement(sql, page.Limit + 1, cursor) : new Statement(sql, page.Limit + 1);

    static Agent MapAgent(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Key = row.GetString(1),
        Name = row.GetString(2),
        Role = row.GetString(3),
        Goal = row.GetString(4),
        Backstory = row.GetString(5),
        OutputFormat = row.Word<OutputFormat>(6),
        Model = row.Text(7),
        Temperature = row.GetDouble(8),
        MaxTokens = row.GetInt32(9),
        IsActive = row.GetBoolean(10),
        CreatedAt = row.Time(11),
        UpdatedAt = row.Time(12),
    };

    static Workflow MapWorkflow(NpgsqlDataReader row) => new()
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
        Agents = row.GetFieldValue<string[]>(10),
        CreatedAt = row.Time(11),
        UpdatedAt = row.Time(12),
    };
}
