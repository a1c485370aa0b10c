using System.Text.Json.Nodes;
using NpgsqlTypes;
using Overmind.Postgres;

namespace Overmind.Audit;

/// <summary>
/// The statement that writes an act into the audit log. A store puts it into the batch of the act itself, so that both are committed or neither is.
/// What tables say by themselves when a row changes (<c>overmind.audit_change()</c>) needs none.
/// </summary>
static class AuditTrail
{
    const string RecordSql = "select overmind.audit($1, $2, $3, $4, $5, $6, $7, $8, $9::inet, $10, $11, $12, $13)";
    const string RecordAsSql = "select overmind.audit_as($14, $15, $1, $2, $3, $4, $5, $6, $7, $8, $9::inet, $10, $11, $12, $13)";

    /// <summary>An act of the batch's claims.</summary>
    /// <param name="origin">Where it came from; null: what the batch's claims say.</param>
    public static Statement Record(AuditEntry entry, RequestOrigin? origin) => new(RecordSql, Parameters(entry, origin));

    /// <summary>Does the act and records it, once for each row that it returns: what changes nothing is no act.</summary>
    /// <param name="act">In SQL; its parameter is $14.</param>
    public static Statement Do(string act, AuditEntry entry, object parameter) => new($"with act as ({act}) {RecordSql} from act", [.. Parameters(entry, null), parameter]);

    /// <summary>An act of somebody without claims, in a batch of the service.</summary>
    /// <param name="organizationId">Whom it concerns; null for none.</param>
    /// <param name="userId">Who did it; null when nobody knows.</param>
    public static Statement RecordAs(Guid? organizationId, Guid? userId, AuditEntry entry, RequestOrigin? origin) =>
        new(RecordAsSql, [.. Parameters(entry, origin), Parameter.Uuid(organizationId), Parameter.Uuid(userId)]);

    static object?[] Parameters(AuditEntry entry, RequestOrigin? origin) =>
    [
        entry.EventType,
        LowerSnake.Write(entry.Action),
        entry.ResourceType,
        Parameter.Text(entry.ResourceId),
        LowerSnake.Write(entry.Status),
        Json(entry.OldValues),
        Json(entry.NewValues),
        Json(entry.Metadata),
        Parameter.Text(origin?.Ip is { } ip ? RequestOrigin.Address(ip) : null),
        Parameter.Text(origin?.UserAgent),
        Parameter.Text(origin?.RequestId),
        Parameter.Uuid(origin?.ApiKeyId),
        Json(entry.Personal),
    ];

    static Npgsql.NpgsqlParameter Json(JsonObject? value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = (object?)value?.ToJsonString() ?? DBNull.Value };
}
