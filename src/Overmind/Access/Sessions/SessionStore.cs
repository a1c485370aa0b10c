using Npgsql;
using NpgsqlTypes;
using Overmind.Postgres;

namespace Overmind.Access.Sessions;

/// <summary>The SQL of sessions.</summary>
public sealed class SessionStore(Database database)
{
    const string Columns = "id, user_id, organization_id, device_type, device_name, host(ip_address), user_agent, expires_at, last_active_at, created_at";

    const string InForce = "user_id = overmind.user_id() and revoked_at is null and expires_at > clock_timestamp()";

    const string StartSql = "select overmind.start_session($1, $2, $3, $4, $5, $6, $7, $8)";

    const string AuthenticateSql = "select user_id, organization_id, role, permissions, expires_at, is_member from overmind.authenticate_session($1, $2, $3)";

    const string RefreshSql = "select outcome, session_id, user_id, organization_id, role, permissions, salt from overmind.refresh_session($1, $2, $3, $4, $5, $6, $7, $8)";

    const string RevokeSql = "select overmind.revoke_sessions($1, $2, $3)";

    const string MoveSql = "select organization_id, role, permissions, display_name from overmind.move_session($1, $2, $3)";

    const string MembershipSql = "select organization_id, role, permissions from overmind.find_membership($1, $2)";

    /// <summary>Null when the member is not in force.</summary>
    internal Task<Guid?> StartAsync(
        Claims member, DeviceType type, string? deviceName, RequestOrigin? origin, TimeSpan lifetime, RefreshToken? token, CancellationToken cancellationToken) =>
        database.FindAsync(Claims.Service with { Origin = origin }, new Statement(
            StartSql, member.UserId!.Value, member.OrganizationId!.Value, LowerSnake.Write(type), Parameter.Text(deviceName),
            Address(origin), Parameter.Text(origin?.UserAgent), lifetime, Parameter.Text(token?.Hash)), row => row.Value<Guid>(0), cancellationToken);

    /// <summary>Null when the session is not in force.</summary>
    internal Task<SessionStanding?> AuthenticateAsync(Guid sessionId, Guid userId, Guid? organizationId, CancellationToken cancellationToken) =>
        database.FindAsync(Claims.Service, new Statement(AuthenticateSql, sessionId, userId, Parameter.Uuid(organizationId)), row => new SessionStanding(
            row.GetBoolean(5) ? ClaimsOf(row, row.GetGuid(0), 1) : null, row.Time(4)), cancellationToken);

    internal async Task<Refreshed> RefreshAsync(
        RefreshToken token, byte[] salt, Guid? organizationId, RequestOrigin? origin, SignInOptions options, CancellationToken cancellationToken) =>
        (await database.FindAsync(
            Claims.Service with { Origin = origin },
            new Statement(
                RefreshSql, token.Hash, token.Successor(salt).Hash, salt, Parameter.Uuid(organizationId), Address(origin),
                Parameter.Text(origin?.UserAgent), options.RefreshLifetime, options.ReuseWindow),
            row => new Refreshed(
                row.GetString(0), row.Value<Guid>(1), row.Value<Guid>(2),
                row.IsDBNull(4) ? null : ClaimsOf(row, row.GetGuid(2), 3),
                row.IsDBNull(6) ? null : row.GetFieldValue<byte[]>(6)),
            cancellationToken))!;

    /// <summary>One's own that are in force.</summary>
    internal Task<IReadOnlyList<Session>> ListAsync(Claims claims, PageRequest page, CancellationToken cancellationToken)
    {
        List<object?> parameters = [page.Limit + 1, Parameter.Uuid(page.Cursor)];
        var sql = $"""
            select {Columns}
            from sessions
            where {InForce}
            and ($2::uuid is null or id {(page.ReadsUpwards ? ">" : "<")} $2){CreatedRange.And(page.CreatedAt, parameters)}
            order by id {(page.ReadsUpwards ? "asc" : "desc")}
            limit $1
            """;
        return database.ListAsync(claims, new Statement(sql, [.. parameters]), Map, cancellationToken);
    }

    /// <summary>Ends one of one's own, or all others; returns those that it ended.</summary>
    internal Task<IReadOnlyList<Guid>> RevokeAsync(Claims claims, Guid? id, bool others, string reason, CancellationToken cancellationToken) =>
        database.ListAsync(claims, new Statement(RevokeSql, Parameter.Uuid(id), others, reason), row => row.GetGuid(0), cancellationToken);

    /// <summary>Lets a session act in another of its person's organizations; null when they are no member of it.</summary>
    internal Task<Member?> MoveAsync(Guid id, Guid userId, Guid organizationId, CancellationToken cancellationToken) => database.FindAsync(
        Claims.Service, new Statement(MoveSql, id, userId, organizationId), row => new Member(ClaimsOf(row, userId, 0), row.GetString(3)), cancellationToken);

    /// <summary>What a person is in an organization, or in their first; null when they are no member in force.</summary>
    internal Task<Claims?> MembershipAsync(Guid userId, Guid? organizationId, CancellationToken cancellationToken) => database.FindAsync(
        Claims.Service, new Statement(MembershipSql, userId, Parameter.Uuid(organizationId)), row => ClaimsOf(row, userId, 0), cancellationToken);

    internal Task DeleteEndedAsync(CancellationToken cancellationToken) =>
        database.ExecuteAsync(Claims.Service, "select overmind.delete_ended_sessions()", [], cancellationToken);

    static NpgsqlParameter Address(RequestOrigin? origin) => new() { NpgsqlDbType = NpgsqlDbType.Inet, Value = (object?)origin?.Ip ?? DBNull.Value };

    // Organization, role and permissions stand beside each other.
    static Claims ClaimsOf(NpgsqlDataReader row, Guid userId, int first) =>
        new(row.GetGuid(first), userId, row.Word<OrganizationRole>(first + 1)) { Granted = PermissionSet.Read(row.GetString(first + 2)) };

    static Session Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        UserId = row.GetGuid(1),
        OrganizationId = row.GetGuid(2),
        DeviceType = row.Word<DeviceType>(3),
        DeviceName = row.Text(4),
        IpAddress = row.Text(5),
        UserAgent = row.Text(6),
        ExpiresAt = row.Time(7),
        LastActiveAt = row.Time(8),
        CreatedAt = row.Time(9),
    };
}
