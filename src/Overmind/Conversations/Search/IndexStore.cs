using Overmind.Postgres;

namespace Overmind.Conversations.Search;

/// <summary>The SQL of indexing what is not indexed yet, or in another language.</summary>
sealed class IndexStore(Database database)
{
    const string LanguageSql = "select overmind.search_language(settings) from organizations where id = overmind.org_id()";

    internal Task<IReadOnlyList<Guid>> OrganizationsAsync(CancellationToken cancellationToken) =>
        database.ListAsync<Guid>(Claims.Service, "select * from overmind.organizations_to_index()", [], cancellationToken);

    internal async Task<string> LanguageAsync(Claims claims, CancellationToken cancellationToken) =>
        (await database.FindAsync<string>(claims, LanguageSql, [], cancellationToken))!;

    /// <summary>Indexes the next thousand of <c>messages</c>, <c>memories</c> or <c>conversations</c>; the last of them, null when there are no more.</summary>
    internal Task<Guid?> IndexAsync(Claims claims, string language, string of, Guid after, CancellationToken cancellationToken) =>
        database.FindAsync<Guid?>(claims, "select overmind.index_texts($1, $2, $3)", [language, of, after], cancellationToken);
}
