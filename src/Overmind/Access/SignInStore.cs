using Overmind.Postgres;

namespace Overmind.Access;

/// <summary>The SQL of signing in.</summary>
public sealed class SignInStore(Database database)
{
    const string FindSql = """
        select user_id, organization_id, role, password_hash, name
        from overmind.find_sign_in($1)
        """;

    const string MemberSql = """
        select role
        from organization_members
        where user_id = overmind.user_id()
        and left_at is null
        """;

    /// <summary>Who signs in with this e-mail, and the hash to compare with; null when nobody does.</summary>
    internal async Task<(Member Member, string? PasswordHash)?> FindAsync(string email, CancellationToken cancellationToken)
    {
        var row = await database.FindAsync<(Member Member, string? PasswordHash)?>(Claims.Service, new Statement(FindSql, email), row => (
            new Member(new Claims(row.GetGuid(1), row.GetGuid(0), row.Word<OrganizationRole>(2)), row.GetString(4)),
            row.Text(3)), cancellationToken);
        return row;
    }

    /// <summary>Notes when somebody signed in.</summary>
    internal Task RecordAsync(Guid userId, CancellationToken cancellationToken) =>
        database.ExecuteAsync(Claims.Service, "select overmind.record_sign_in($1)", [userId], cancellationToken);

    /// <summary>The member's role as it is now; null when they are not a member any more.</summary>
    internal Task<OrganizationRole?> RoleAsync(Claims claims, CancellationToken cancellationToken) =>
        database.FindAsync<OrganizationRole?>(claims, new Statement(MemberSql), row => row.Word<OrganizationRole>(0), cancellationToken);
}
