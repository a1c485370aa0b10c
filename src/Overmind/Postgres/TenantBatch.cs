using Npgsql;

namespace Overmind.Postgres;

/// <summary>
/// Writes claims and statements as one batch. Without <c>begin</c> and <c>commit</c>: what is sent up to one Sync is one transaction, which is what its
/// <c>set_config(…, true)</c> last for. The claims are parameters of one statement, so that it is prepared once for all callers (with five of <c>set local</c>,
/// <c>begin</c> and <c>commit</c>, a read of one row took 84 µs in PostgreSQL and pgbench together, so it takes 52). Citus passes on to its workers only what
/// <c>set local</c> sets in a transaction that was begun, so there it is those.
/// </summary>
static class TenantBatch
{
    const string ClaimsSql =
        "select set_config('role', $1, true), set_config('app.current_org_id', $2, true), set_config('app.current_user_id', $3, true), set_config('app.current_org_role', $4, true)";

    public static NpgsqlBatch Create(NpgsqlConnection connection, Claims claims, IReadOnlyList<Statement> statements, bool waitsForDisk, bool spreads)
    {
        var settings = Settings(claims, waitsForDisk);
        var batch = new NpgsqlBatch(connection);
        if (spreads)
            Begin(batch, settings);
        else
            batch.BatchCommands.Add(Set(settings));
        foreach (var statement in statements)
            batch.BatchCommands.Add(Command(statement));
        if (spreads)
            batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        return batch;
    }

    static List<(string Name, string Value)> Settings(Claims claims, bool waitsForDisk)
    {
        List<(string Name, string Value)> settings =
        [
            ("role", RoleName(claims.DatabaseRole)),
            ("app.current_org_id", claims.OrganizationId?.ToString() ?? ""),
            ("app.current_user_id", claims.UserId?.ToString() ?? ""),
            ("app.current_org_role", RoleName(claims.Role)),
        ];
        if (claims.Origin is { } origin)
            settings.Add(("app.request_origin", origin.ToSetting()));
        if (claims.Moderation is { } moderation)
            settings.Add(("app.moderation", moderation));
        if (!waitsForDisk)
            settings.Add(("synchronous_commit", "off"));
        return settings;
    }

    /// <summary>One statement for all, whose text is the same for all callers.</summary>
    static NpgsqlBatchCommand Set(List<(string Name, string Value)> settings)
    {
        // Most requests set these four and no more.
        var command = new NpgsqlBatchCommand(settings.Count == 4 ? ClaimsSql : $"select {string.Join(", ", settings.Select((s, i) => SetSql(s.Name, i + 1)))}");
        foreach (var (_, value) in settings)
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
        return command;
    }

    /// <summary>The select is the first result, as that of the other way.</summary>
    static void Begin(NpgsqlBatch batch, List<(string Name, string Value)> settings)
    {
        batch.BatchCommands.Add(new NpgsqlBatchCommand("begin"));
        // It takes no parameters. What is written into it is ours, but for what a client says of itself.
        foreach (var (name, value) in settings)
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"set local {name} = '{value.Replace("'", "''", StringComparison.Ordinal)}'"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select overmind.org_id()"));
    }

    static string SetSql(string name, int parameter) => $"set_config('{name}', ${parameter}, true)";

    static NpgsqlBatchCommand Command(Statement statement)
    {
        var command = new NpgsqlBatchCommand(statement.Sql);
        foreach (var value in statement.Parameters)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    static string RoleName(DatabaseRole role) => role switch
    {
        DatabaseRole.Anon => "anon",
        DatabaseRole.Authenticated => "authenticated",
        DatabaseRole.ServiceRole => "service_role",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    static string RoleName(OrganizationRole? role) => role switch
    {
        null => "",
        OrganizationRole.Viewer => "viewer",
        OrganizationRole.User => "user",
        OrganizationRole.Admin => "admin",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };
}
