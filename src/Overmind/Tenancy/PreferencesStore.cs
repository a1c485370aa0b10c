using Overmind.Postgres;

namespace Overmind.Tenancy;

/// <summary>The SQL of preferences: of the caller's own row alone.</summary>
public sealed class PreferencesStore(Database database)
{
    const string FindSql = "select preferences::text from users where id = overmind.user_id()";

    // Merged in the statement: of two changes at once, of different members, both hold.
    const string UpdateSql = """
        update users
        set preferences = (preferences || $1::jsonb) - $2::text[]
        where id = overmind.user_id()
        returning preferences::text
        """;

    /// <summary>Null when the caller is no person.</summary>
    internal async Task<Preferences?> FindAsync(Claims claims, CancellationToken cancellationToken) =>
        Read(await database.FindAsync<string>(claims, FindSql, [], cancellationToken));

    /// <summary>Null when the caller is no person.</summary>
    internal async Task<Preferences?> UpdateAsync(Claims claims, MemberChanges changes, CancellationToken cancellationToken) =>
        Read(await database.FindAsync<string>(claims, UpdateSql, [changes.Set, changes.Removed], cancellationToken));

    static Preferences? Read(string? json) => json is null ? null : Preferences.Read(json);
}
