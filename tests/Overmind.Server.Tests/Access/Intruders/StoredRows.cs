using Npgsql;
using Overmind.Testing;

namespace Overmind.Server.Tests.Access.Intruders;

/// <summary>Every table of a database with its number of rows and a digest of what they say.</summary>
static class StoredRows
{
    // That a key was used and its member was there is noted of anybody who is known; what budgets have used is counted anew by the server, and it makes the vectors of texts. The audit log tells of refusals; the others are what a server keeps of itself, jobs and schedules of the installation among them.
    const string TablesSql = """
        select format(
            'select %L || count(*) || '' rows, digest '' || coalesce(sum(hashtextextended((to_jsonb(r) - %L::text[])::text, 0)), 0) from %I.%I r%s',
            relname || ': ', '{last_used_at,usage_count,last_active_at,updated_at,recount_after,embedding,embedding_model_provider,embedding_model_name,embedding_dimensions,embedded_at}', nspname, relname,
            case when relname in ('jobs', 'schedules') then ' where organization_id is not null' end)
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where nspname in ('public', 'overmind')
        and relkind in ('r', 'p')
        and not relispartition
        and relname !~ '^audit_'
        and relname not in ('workers', 'job_claims', 'budget_periods', 'embedding_models')
        order by relname
        """;

    public static async Task<string> QueryAsync(TestDatabase database) =>
        string.Join("\nunion all ", await ListAsync(database, TablesSql));

    public static async Task<IReadOnlyList<string>> ListAsync(TestDatabase database, string sql, params object[] parameters)
    {
        await using var command = database.Owner.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return lines;
    }
}
