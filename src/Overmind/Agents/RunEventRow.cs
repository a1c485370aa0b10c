using System.Text.Json;
using Npgsql;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>An event as <see cref="RunStore"/> reads it: column by column, for each event of a run is read by each of its readers.</summary>
static class RunEventRow
{
    public const string Columns = "run_id, sequence_number, type, step_id, data, created_at";

    public static RunEvent Read(NpgsqlDataReader row) => new()
    {
        RunId = row.GetGuid(0),
        SequenceNumber = row.GetInt64(1),
        Type = row.GetString(2),
        StepId = row.Value<Guid>(3),
        Data = JsonElement.Parse(row.GetFieldValue<byte[]>(4)),
        CreatedAt = row.Time(5),
    };
}
