using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>Folders and tags of the conversations that the member in <c>claims</c> sees.</summary>
public sealed class ConversationGroupService(ConversationGroupStore store)
{
    /// <summary>By name; the first 1,000.</summary>
    public Task<IReadOnlyList<ConversationGroup>> FoldersAsync(Claims claims, CancellationToken cancellationToken) => store.FoldersAsync(claims, cancellationToken);

    /// <summary>The most used first; the first 1,000.</summary>
    public Task<IReadOnlyList<ConversationGroup>> TagsAsync(Claims claims, CancellationToken cancellationToken) => store.TagsAsync(claims, cancellationToken);

    /// <summary>Renames a folder, or puts what is in it into another; how many conversations were in it.</summary>
    public async Task<int> RenameFolderAsync(Claims claims, string folder, string name, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var checks = new Checks();
        checks.Text("folder", folder, 1, 255);
        checks.Text("name", name, 1, 255);
        checks.ThrowIfAny();
        return await store.RenameFolderAsync(claims, folder, name, cancellationToken);
    }

    /// <summary>Renames a tag, or makes it one with another; how many conversations had it.</summary>
    public async Task<int> MergeTagAsync(Claims claims, string tag, string into, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var checks = new Checks();
        checks.Text("tag", tag, 1, 100);
        checks.Text("into", into, 1, 100);
        checks.Require(tag != into, "into", "into is another tag than tag.");
        checks.ThrowIfAny();
        return await store.MergeTagAsync(claims, tag, into, cancellationToken);
    }
}
