using Overmind.Conversations;
using Overmind.Conversations.Search;
using Overmind.Models.Offline;
using Overmind.Postgres;

namespace Overmind.Memory.Recall;

/// <summary>
/// The memories that fit what is asked, as one member would recall them: their own and what is shared. Also an admin recalls no private memory of another:
/// who may look after the memories of others does not answer with them.
/// </summary>
/// <param name="embedder">Null: by words alone.</param>
public sealed class MemoryRecall(Database database, MemorySearchStore memories, QueryEmbedder? embedder = null)
{
    /// <summary>What a search looks for at most, in characters: of a longer question its beginning and its end.</summary>
    const int LongestQuery = 2000;

    /// <summary>As many as a search finds; of them those in scope are kept.</summary>
    const int MostFound = 100;

    /// <summary>
    /// How near the meaning of a memory is that shares no word of matter with the question, and its place: something is nearest in any case. With the built-in
    /// embedder what is about the same comes to 0.5 to 0.7 ("What is the boat made of?", "The vessel consists of wood."), what is not to 0.45 and less.
    /// </summary>
    const double Near = 0.5;
    const int Nearest = 3;

    /// <summary>The best first.</summary>
    /// <param name="claims">Of the member in whose name it is asked.</param>
    /// <param name="within">Of which agents and project; null: of all that the member sees.</param>
    public async Task<IReadOnlyList<RecalledMemory>> FindAsync(Claims claims, string query, RecallScope? within, int limit, CancellationToken cancellationToken)
    {
        var member = AsMember(claims);
        var text = Shortened(StoredText.Clean(query));
        // Asked first: where nothing is remembered no embedder is asked, which may be far away and cost something.
        if (text.Length == 0 || !await database.FindAsync<bool>(member, "select exists (select from memories where deleted_at is null)", [], cancellationToken))
            return [];
        var asked = new MemoryQuery { Text = text, Limit = within is null ? Math.Min(limit, MostFound) : MostFound };
        var (hits, _) = await QueryEmbedder.AskAsync(
            embedder, member, asked.Text, asked.Mode, vector => memories.SearchAsync(member, asked, vector, cancellationToken), cancellationToken);
        var linked = within is null || hits.Count == 0 ? [] : await LinkedAsync(member, within, cancellationToken);
        return [.. hits.Where(hit => Fits(hit.ScoreParts) && (within is null || Includes(within, linked, hit.Memory))).Take(limit).Select(Recalled)];
    }

    /// <summary>Says that they were used.</summary>
    public Task CountUsesAsync(Claims claims, IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? Task.CompletedTask : memories.CountUsesAsync(AsMember(claims), [.. ids], cancellationToken);

    /// <summary>An admin asks as a member.</summary>
    static Claims AsMember(Claims claims) => claims.Role is OrganizationRole.Admin ? claims with { Role = OrganizationRole.User } : claims;

    /// <summary>A word of matter in common, or a meaning that is near. "is" and "the" are in every other memory.</summary>
    static bool Fits(ScoreParts parts) =>
        parts.Words?.Any(word => Words.IsContent(word)) is true || (parts.Vector >= Near && parts.VectorRank <= Nearest);

    static bool Includes(RecallScope scope, IReadOnlyList<Guid> linked, MemoryItem memory) =>
        (scope.IncludesPrivate || memory.Visibility is Visibility.Organization) && (memory.OwnerType switch
        {
            MemoryOwner.Agent => scope.AgentIds.Contains(memory.OwnerId),
            MemoryOwner.Project => memory.OwnerId == scope.ProjectId,
            _ => true,
        } || (memory.DatastoreId is { } collection && linked.Contains(collection)));

    /// <summary>The collections that these agents read.</summary>
    Task<IReadOnlyList<Guid>> LinkedAsync(Claims claims, RecallScope scope, CancellationToken cancellationToken) =>
        database.ListAsync<Guid>(claims, "select distinct datastore_id from agent_datastores where agent_id = any ($1)", [scope.AgentIds.ToArray()], cancellationToken);

    static string Shortened(string query)
    {
        var text = query.Trim();
        return text.Length <= LongestQuery ? text : Words.OneLine($"{text[..(LongestQuery / 2 - 8)]} … {text[^(LongestQuery / 2 - 8)..]}", LongestQuery - 2);
    }

    static RecalledMemory Recalled(MemoryHit hit) => new()
    {
        Id = hit.Memory.Id,
        MemoryType = hit.Memory.MemoryType,
        Category = hit.Memory.Category,
        Content = hit.Memory.Content,
        OwnerType = hit.Memory.OwnerType,
        OwnerId = hit.Memory.OwnerId,
        Importance = hit.Memory.Importance,
        Recency = hit.ScoreParts.Recency,
        Pinned = hit.Memory.Pinned,
        CreatedAt = hit.Memory.CreatedAt,
        TextScore = hit.ScoreParts.TextRank is null ? null : hit.ScoreParts.Text,
        VectorScore = hit.ScoreParts.Vector,
        Score = hit.Score,
    };
}
