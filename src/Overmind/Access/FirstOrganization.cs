using Npgsql;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Access;

/// <summary>What an empty database starts with: one organization and its admin.</summary>
public sealed class FirstOrganization(Database database, PasswordHasher passwords)
{
    const string CreateSql = """
        select organization_id, user_id
        from overmind.create_first_organization('My organization', 'default', $1, $2, $3)
        """;

    const string FindSql = "select organization_id, user_id from overmind.find_first_admin()";

    /// <summary>The admin who has been there longest; null in an empty database.</summary>
    public Task<Claims?> FindAdminAsync(CancellationToken cancellationToken) =>
        database.FindAsync(Claims.Service, new Statement(FindSql), Admin, cancellationToken);

    /// <summary>Makes organization and admin in an empty database; null when there is an organization already. Many nodes may call it together.</summary>
    /// <exception cref="OvermindException">The e-mail is none.</exception>
    public async Task<Claims?> CreateAsync(string email, string password, CancellationToken cancellationToken)
    {
        try
        {
            return await database.FindAsync(
                Claims.Service, new Statement(CreateSql, email, email.Split('@')[0], passwords.Hash(password)), Admin, cancellationToken);
        }
        catch (PostgresException refused) when (refused.ConstraintName == "users_email_shape")
        {
            throw new OvermindException(ErrorCode.InvalidValue, $"'{email}' is no e-mail address.", "email", refused);
        }
    }

    static Claims Admin(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetGuid(1), OrganizationRole.Admin);
}
