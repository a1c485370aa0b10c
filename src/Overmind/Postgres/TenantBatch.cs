using Npgsql;

namespace Overmind.Postgres;

/// <summary>Writes claims and statements as one batch. <c>set local</c> takes no parameters, so only typed values are written into it.</summary>
static class TenantBatch
{
    public static NpgsqlBatch Create(NpgsqlConnection connection, Claims claims, IReadOnlyList<Statement> statements)
    {
        var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("begin"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(SetRole(claims.DatabaseRole)));
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"set local app.current_org_id = '{claims.OrganizationId}'"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"set local app.current_user_id = '{claims.UserId}'"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"set local app.current_org_role = '{RoleName(claims.Role)}'"));
        if (claims.Origin is { } origin)
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"set local app.request_origin = '{origin.ToSetting()}'"));
        foreach (var statement in statements)
            batch.BatchCommands.Add(Command(statement));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        return batch;
    }

    static NpgsqlBatchCommand Command(Statement statement)
    {
        var command = new NpgsqlBatchCommand(statement.Sql);
        foreach (var value in statement.Parameters)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    static string SetRole(DatabaseRole role) => role switch
    {
        DatabaseRole.Anon => "set local role anon",
        DatabaseRole.Authenticated => "set local role authenticated",
        DatabaseRole.ServiceRole => "set local role service_role",
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
