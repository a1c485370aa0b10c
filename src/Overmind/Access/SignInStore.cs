using System.Text.Json.Nodes;
using Overmind.Audit;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Access;

/// <summary>The SQL of signing in.</summary>
public sealed class SignInStore(Database database)
{
    const string FindSql = """
        select user_id, organization_id, role, password_hash, name, permissions
        from overmind.find_sign_in($1)
        """;

    const string MemberSql = """
        select m.role, m.permissions::text
        from organization_members m
        join organizations o on o.id = m.organization_id
        where m.user_id = overmind.user_id()
        and m.left_at is null
        and o.deleted_at is null
        """;

    const string ActiveSql = "select overmind.record_activity(array[$1], array[$2], array[$3])";

    /// <summary>Who signs in with this e-mail, and the hash to compare with; null when nobody does.</summary>
    internal async Task<(Member Member, string? PasswordHash)?> FindAsync(string email, CancellationToken cancellationToken)
    {
        var row = await database.FindAsync<(Member Member, string? PasswordHash)?>(Claims.Service, new Statement(FindSql, email), row => (
            new Member(new Claims(row.GetGuid(1), row.GetGuid(0), row.Word<OrganizationRole>(2)) { Granted = PermissionSet.Read(row.GetString(5)) }, row.GetString(4)),
            row.Text(3)), cancellationToken);
        return row;
    }

    /// <summary>Notes that and when somebody signed in.</summary>
    internal async Task RecordAsync(Claims claims, RequestOrigin? origin, CancellationToken cancellationToken)
    {
        var entry = new AuditEntry { EventType = "user.login", Action = AuditAction.Login, ResourceType = "user", ResourceId = claims.UserId.ToString() };
        await using var results = await database.SendAsync(
            Claims.Service,
            [new("select overmind.record_sign_in($1)", claims.UserId), AuditTrail.RecordAs(claims.OrganizationId, claims.UserId, entry, origin)],
            cancellationToken);
    }

    /// <summary>Notes a sign-in that failed, of the member whose address it was, or of nobody.</summary>
    internal async Task RecordFailureAsync(Claims? member, string email, ErrorCode code, RequestOrigin? origin, CancellationToken cancellationToken)
    {
        var entry = new AuditEntry
        {
            EventType = "user.login",
            Action = AuditAction.Login,
            ResourceType = "user",
            ResourceId = member?.UserId.ToString(),
            Status = AuditStatus.Failure,
            Metadata = new JsonObject { ["code"] = ErrorCatalogue.Word(code) },
            Personal = new JsonObject { ["email"] = email },
        };
        await using var results = await database.SendAsync(
            Claims.Service, [AuditTrail.RecordAs(member?.OrganizationId, member?.UserId, entry, origin)], cancellationToken);
    }

    /// <summary>Notes that a member signed out.</summary>
    internal async Task RecordSignOutAsync(Claims claims, RequestOrigin? origin, CancellationToken cancellationToken)
    {
        var entry = new AuditEntry { EventType = "user.logout", Action = AuditAction.Logout, ResourceType = "user", ResourceId = claims.UserId.ToString() };
        await using var results = await database.SendAsync(
            Claims.Service, [AuditTrail.RecordAs(claims.OrganizationId, claims.UserId, entry, origin)], cancellationToken);
    }

    /// <summary>A person in one of their organizations; null when they are no member of it.</summary>
    internal Task<Member?> FindMembershipAsync(Guid? userId, Guid organizationId, CancellationToken cancellationToken) =>
        database.FindAsync(
            Claims.Service,
            new Statement("select role, permissions::text, display_name from overmind.find_membership($1, $2)", Parameter.Uuid(userId), organizationId),
            row => new Member(
                new Claims(organizationId, userId, row.Word<OrganizationRole>(0)) { Granted = PermissionSet.Read(row.GetString(1)) }, row.GetString(2)),
            cancellationToken);

    /// <summary>The claims with role and grants as they are now, noting that the member is there; null when they are not a member any more.</summary>
    internal async Task<Claims?> RefreshAsync(Claims claims, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var refreshed = await database.FindAsync(
            claims,
            new Statement(MemberSql),
            row => claims with { Role = row.Word<OrganizationRole>(0), Granted = PermissionSet.Read(row.GetString(1)) },
            cancellationToken);
        // Without claims: who only reads in a suspended organization is there, too.
        if (refreshed is not null)
            await database.ExecuteAsync(Claims.Service, ActiveSql, [claims.OrganizationId, claims.UserId, now.UtcDateTime], cancellationToken);
        return refreshed;
    }
}
