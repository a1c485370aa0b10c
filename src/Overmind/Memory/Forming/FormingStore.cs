using System.Text.Json.Nodes;
using Overmind.Jobs;
using Overmind.Postgres;

namespace Overmind.Memory.Forming;

/// <summary>The SQL of forming memories.</summary>
sealed class FormingStore(Database database)
{
    const string PlanSql = """
        select o.settings ->> 'memory_forming', c.user_id, clock_timestamp()
        from conversations c
        join organizations o on o.id = c.organization_id
        where c.id = $1 and c.deleted_at is null
        """;

    const string MessagesSql = """
        select id, branch, seq, was_seq, user_id, content, created_at, is_pending, is_left_out, session_ended
        from overmind.messages_to_form($1)
        """;

    /// <summary>Null when there is no such conversation.</summary>
    public async Task<FormingPlan?> PlanAsync(Claims claims, Guid conversationId, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(claims, [new(PlanSql, conversationId), new(MessagesSql, conversationId)], cancellationToken);
        var found = await results.FindAsync(row => (
            Mode: row.Text(0) is { } mode ? LowerSnake.Read<FormingMode>(mode) ?? FormingMode.Off : FormingMode.Off, Owner: row.GetGuid(1), Now: row.Time(2)));
        var messages = await results.ListAsync(row => new SaidMessage(
            row.GetGuid(0), row.GetInt32(1), row.GetInt64(2), row.GetInt64(3), row.GetGuid(4), row.GetString(5), row.Time(6), row.GetBoolean(7), row.GetBoolean(8),
            row.GetBoolean(9)));
        return found.Owner == Guid.Empty ? null : new FormingPlan(found.Mode, found.Owner, [.. messages.TakeWhile(m => !m.IsPending)], found.Now);
    }

    /// <summary>Writes what was learned and how far was read; null, and nothing, where somebody else has read it.</summary>
    public async Task<JsonObject?> FormAsync(
        Claims claims, Guid conversationId, FormingPlan plan, IEnumerable<FormedMemory> memories, CancellationToken cancellationToken)
    {
        var branches = new JsonArray([.. plan.Branches().Select(b => (JsonNode)new JsonObject { ["branch"] = b.Branch, ["was"] = b.Was, ["until"] = b.Until })]);
        var written = new JsonArray([.. memories.Select(m => (JsonNode)m.ToJson())]);
        var counts = await database.FindAsync(
            claims, new Statement("select overmind.form_memories($1, $2::jsonb, $3::jsonb)", conversationId, branches.ToJsonString(), written.ToJsonString()),
            row => row.Text(0), cancellationToken);
        return counts is null ? null : JsonNode.Parse(counts)!.AsObject();
    }

    public Task FailAsync(Claims claims, Guid conversationId, int branch, string error, CancellationToken cancellationToken) =>
        database.ExecuteAsync(claims, "select overmind.forming_failed($1, $2, $3)", [conversationId, branch, error], cancellationToken);

    /// <summary>Puts the job off while the talk goes on.</summary>
    public Task PutOffAsync(Claims claims, Job job, DateTimeOffset until, CancellationToken cancellationToken) =>
        database.ExecuteAsync(claims, "select overmind.finish_job($1, $2, 'pending', null, $3)", [job.Id, job.LeaseToken, until.UtcDateTime], cancellationToken);

    /// <summary>Ends the job unless something more was said; whoever says it from then on gets a job of their own. False: there is more.</summary>
    public async Task<bool> CompleteAsync(Claims claims, Guid conversationId, Job job, JsonObject? result, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims,
            [
                // The row that messages take: none comes between the look and the end.
                new("select from conversations where id = $1 for no key update", conversationId),
                new(
                    """
                    select overmind.finish_job($1, $2, 'completed', null, null, $3::jsonb)
                    where not exists (select from overmind.messages_to_form($4, 1) as m where not m.is_pending)
                    """,
                    job.Id, job.LeaseToken, Parameter.Text(result?.ToJsonString()), conversationId),
            ],
            cancellationToken);
        await results.ListAsync(_ => 0);
        return (await results.ListAsync(_ => 0)).Count > 0;
    }
}
