using Overmind.Postgres;

namespace Overmind.Access.ExternalIdentities;

/// <summary>The SQL of external identities.</summary>
sealed class ExternalIdentityStore(Database database)
{
    /// <summary>Null when the person was not seen before.</summary>
    public Task<Guid?> FindAsync(string issuer, string subject, CancellationToken cancellationToken) => database.FindAsync(
        Claims.Service, new Statement("select overmind.find_external_identity($1, $2)", issuer, subject), row => row.Value<Guid>(0), cancellationToken);

    /// <param name="slug">Of the organization of a new account; null: none is made.</param>
    /// <returns>Null when there is no account of the address, and none is made.</returns>
    public Task<Guid?> LinkAsync(string issuer, string subject, string email, string name, string? slug, CancellationToken cancellationToken) => database.FindAsync(
        Claims.Service,
        new Statement("select overmind.link_external_identity($1, $2, $3, $4, $5)", issuer, subject, email, name, Parameter.Text(slug)),
        row => row.Value<Guid>(0), cancellationToken);
}
