using Npgsql;
using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>The SQL of folders and tags, which stand in their conversations and nowhere else.</summary>
public sealed class ConversationGroupStore(Database database)
{
    const string FoldersSql = """
        select 'conversation.group', folder, count(*), count(*) filter (where status = 'archived'), max(last_activity_at)
        from conversations
        where deleted_at is null
        and folder is not null
        group by folder
        order by folder
        limit 1000
        """;

    const string TagsSql = """
        select 'conversation.group', tag, count(*), count(*) filter (where status = 'archived'), max(last_activity_at)
        from conversations
        cross join lateral (select distinct unnest(tags)) as t (tag)
        where deleted_at is null
        group by tag
        order by count(*) desc, tag
        limit 1000
        """;

    const string RenameFolderSql = """
        update conversations
        set folder = $2
        where folder = $1
        and deleted_at is null
        """;

    // One that has both keeps one of them.
    const string MergeTagSql = """
        update conversations
        set tags = case when $2 = any (tags) then array_remove(tags, $1) else array_replace(tags, $1, $2) end
        where $1 = any (tags)
        and deleted_at is null
        """;

    internal Task<IReadOnlyList<ConversationGroup>> FoldersAsync(Claims claims, CancellationToken cancellationToken) =>
        database.ListAsync(claims, new Statement(FoldersSql), Map, cancellationToken);

    internal Task<IReadOnlyList<ConversationGroup>> TagsAsync(Claims claims, CancellationToken cancellationToken) =>
        database.ListAsync(claims, new Statement(TagsSql), Map, cancellationToken);

    /// <summary>How many conversations were in it.</summary>
    internal Task<int> RenameFolderAsync(Claims claims, string folder, string name, CancellationToken cancellationToken) =>
        database.ExecuteAsync(claims, RenameFolderSql, [folder, name], cancellationToken);

    /// <summary>How many conversations had it.</summary>
    internal Task<int> MergeTagAsync(Claims claims, string tag, string into, CancellationToken cancellationToken) =>
        database.ExecuteAsync(claims, MergeTagSql, [tag, into], cancellationToken);

    static ConversationGroup Map(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.Time(4));
}
