using Npgsql;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>The SQL of an organization's settings.</summary>
public sealed class OrganizationSettingsStore(Database database)
{
    const string FindSql = "select settings::text, updated_at from organizations where id = overmind.org_id()";

    // Merged in the statement: members that nobody here knows stay.
    const string UpdateSql = """
        update organizations
        set settings = (settings || $1::jsonb) - $2::text[]
        where id = overmind.org_id()
        and ($3::timestamptz is null or updated_at = $3)
        returning settings::text, updated_at
        """;

    /// <summary>The statement that reads them; its row by <see cref="Map"/>.</summary>
    internal static Statement Find { get; } = new(FindSql);

    internal async Task<OrganizationSettings> GetAsync(Claims claims, CancellationToken cancellationToken) =>
        (await database.FindAsync(claims, Find, Map, cancellationToken))!;

    internal Task<bool> HasEndpointAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync<bool>(claims, "select exists (select from webhook_endpoints where id = $1)", [id], cancellationToken);

    /// <summary>Null when they have changed since <paramref name="unchangedSince"/>.</summary>
    internal Task<OrganizationSettings?> UpdateAsync(
        Claims claims, MemberChanges changes, DateTimeOffset? unchangedSince, CancellationToken cancellationToken) =>
        database.FindAsync(
            claims, new Statement(UpdateSql, changes.Set, changes.Removed, Parameter.Time(unchangedSince)), Map, cancellationToken);

    internal static OrganizationSettings Map(NpgsqlDataReader row) => OrganizationSettings.Read(row.GetString(0)) with { UpdatedAt = row.Time(1) };
}
