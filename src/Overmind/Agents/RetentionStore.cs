using Npgsql;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>The SQL of what an organization keeps for a number of days only.</summary>
public sealed class RetentionStore(Database database)
{
    // By the database's clock, as the deletion goes.
    const string CountSql = """
        select count(*)
        from conversations
        where deleted_at is null
        and last_activity_at < clock_timestamp() - interval '24 hours' * $1
        """;

    /// <summary>Those that keep something for a number of days only.</summary>
    internal Task<IReadOnlyList<Guid>> OrganizationsAsync(CancellationToken cancellationToken) =>
        database.ListAsync<Guid>(Claims.Service, "select * from overmind.organizations_with_retention()", [], cancellationToken);

    /// <summary>Deletes up to 100 conversations of the organization of the claims; returns how many, and the last that it looked at, null when there are no more.</summary>
    /// <param name="after">The last that the call before looked at; <see cref="Guid.Empty"/> for the first.</param>
    internal Task<(int Deleted, Guid? Last)> DeleteAsync(Claims claims, Guid after, CancellationToken cancellationToken) => database.FindAsync(
        claims, new Statement("select deleted, last from overmind.delete_expired_conversations($1)", after), Deleted, cancellationToken);

    /// <summary>Deletes for good up to 1,000 messages that the organization of the claims marked as deleted longer ago than it keeps conversations; returns how many.</summary>
    internal Task<int> PurgeMessagesAsync(Claims claims, CancellationToken cancellationToken) =>
        database.FindAsync<int>(claims, "select overmind.purge_deleted_messages(1000)", [], cancellationToken);

    /// <summary>Conversations without activity for so many days.</summary>
    internal Task<long> CountAsync(Claims claims, int days, CancellationToken cancellationToken) =>
        database.FindAsync<long>(claims, CountSql, [days], cancellationToken);

    static (int Deleted, Guid? Last) Deleted(NpgsqlDataReader row) => (row.GetInt32(0), row.Value<Guid>(1));
}
