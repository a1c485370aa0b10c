using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>The SQL of archiving conversations by themselves.</summary>
sealed class ArchiveStore(Database database)
{
    internal Task<IReadOnlyList<Guid>> OrganizationsAsync(CancellationToken cancellationToken) =>
        database.ListAsync<Guid>(Claims.Service, "select * from overmind.organizations_with_auto_archive()", [], cancellationToken);

    /// <summary>Archives up to 100; how many, and the last that was looked at, null when there are no more.</summary>
    internal Task<(int Archived, Guid? Last)> ArchiveAsync(Claims claims, Guid after, CancellationToken cancellationToken) => database.FindAsync(
        claims, new Statement("select archived, last from overmind.archive_conversations($1)", after), row => (row.GetInt32(0), row.Value<Guid>(1)), cancellationToken);
}
