using System.Text.Json.Nodes;
using Overmind.Audit;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Access;

/// <summary>The SQL of signing in. That it succeeded is noted with the session that it starts.</summary>
public sealed class SignInStore(Database database)
{
    internal static readonly AuditedAct Login = new("user.login", AuditAction.Login);

    const string FindSql = """
        select user_id, organization_id, role, password_hash, name, permissions
        from overmind.find_sign_in($1)
        """;

    /// <summary>Who signs in with this e-mail, and the hash to compare with; null when nobody does.</summary>
    internal async Task<(Member Member, string? PasswordHash)?> FindAsync(string email, CancellationToken cancellationToken)
    {
        var row = await database.FindAsync<(Member Member, string? PasswordHash)?>(Claims.Service, new Statement(FindSql, email), row => (
            new Member(new Claims(row.GetGuid(1), row.GetGuid(0), row.Word<OrganizationRole>(2)) { Granted = PermissionSet.Read(row.GetString(5)) }, row.GetString(4)),
            row.Text(3)), cancellationToken);
        return row;
    }

    /// <summary>Notes a password that was not right, or not looked at.</summary>
    /// <param name="act">What it was given for.</param>
    /// <param name="organizationId">Of the member whose address it was; null: nobody's.</param>
    /// <param name="userId">Whose address it was.</param>
    internal async Task RecordFailureAsync(
        AuditedAct act, Guid? organizationId, Guid? userId, string email, ErrorCode code, RequestOrigin? origin, CancellationToken cancellationToken)
    {
        var entry = new AuditEntry
        {
            EventType = act.EventType,
            Action = act.Action,
            ResourceType = "user",
            ResourceId = userId?.ToString(),
            Status = AuditStatus.Failure,
            Metadata = new JsonObject { ["code"] = ErrorCatalogue.Word(code) },
            Personal = new JsonObject { ["email"] = email },
        };
        await using var results = await database.SendAsync(Claims.Service, [AuditTrail.RecordAs(organizationId, userId, entry, origin)], cancellationToken);
    }
}
