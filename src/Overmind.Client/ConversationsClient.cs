using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Overmind.Client;

/// <summary>Conversations.</summary>
public sealed class ConversationsClient
{
    readonly ApiConnection _connection;

    internal ConversationsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Makes a conversation.</summary>
    /// <param name="idempotencyKey">The same key makes the same conversation, for 24 hours. Default: a new one.</param>
    public Task<Conversation> CreateAsync(
        NewConversation? conversation = null, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            "/v1/conversations",
            JsonSerializer.SerializeToUtf8Bytes(conversation ?? new(), ClientJson.Default.NewConversation),
            idempotencyKey, ClientJson.Default.Conversation, cancellationToken);

    public Task<Conversation> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(Path(id), ClientJson.Default.Conversation, cancellationToken);

    /// <summary>A conversation with its newest messages.</summary>
    /// <param name="limit">1 to 100.</param>
    public Task<ConversationWithMessages> GetWithMessagesAsync(Guid id, int limit = 50, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"{Path(id)}?include=messages&limit={limit}", ClientJson.Default.ConversationWithMessages, cancellationToken);

    /// <param name="status"><c>active</c> or <c>archived</c>. Default: both.</param>
    public Task<Page<Conversation>> ListAsync(PageRequest? page = null, string? status = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(
            $"/v1/conversations{(page ?? new()).Query.Add("status", status)}", ClientJson.Default.PageConversation, cancellationToken);

    /// <summary>Those that the filter leaves.</summary>
    public Task<Page<Conversation>> ListAsync(PageRequest page, ConversationFilter filter, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(
            $"/v1/conversations{page.Query.Add("status", filter.Status).Add("tag", filter.Tag).Add("folder", filter.Folder).Add("project_id", filter.ProjectId)}",
            ClientJson.Default.PageConversation, cancellationToken);

    /// <summary>Messages or titles that match, the most relevant first.</summary>
    public Task<SearchResults> SearchAsync(SearchQuery query, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/search{query.Query}", ClientJson.Default.SearchResults, cancellationToken);

    /// <summary>By name; the first 1,000.</summary>
    public async Task<IReadOnlyList<ConversationGroup>> FoldersAsync(CancellationToken cancellationToken = default) =>
        (await _connection.GetAsync("/v1/conversations/folders", ClientJson.Default.ConversationGroups, cancellationToken)).Items;

    /// <summary>The most used first; the first 1,000.</summary>
    public async Task<IReadOnlyList<ConversationGroup>> TagsAsync(CancellationToken cancellationToken = default) =>
        (await _connection.GetAsync("/v1/conversations/tags", ClientJson.Default.ConversationGroups, cancellationToken)).Items;

    /// <summary>Renames a folder, or puts what is in it into another; how many conversations were in it.</summary>
    public async Task<int> RenameFolderAsync(string folder, string name, CancellationToken cancellationToken = default) => (await _connection.PostAsync(
        "/v1/conversations/folders/rename", JsonSerializer.SerializeToUtf8Bytes(new FolderRename(folder, name), ClientJson.Default.FolderRename), null,
        ClientJson.Default.ChangedConversations, cancellationToken)).Count;

    /// <summary>Renames a tag, or makes it one with another; how many conversations had it.</summary>
    public async Task<int> MergeTagAsync(string tag, string into, CancellationToken cancellationToken = default) => (await _connection.PostAsync(
        "/v1/conversations/tags/merge", JsonSerializer.SerializeToUtf8Bytes(new TagMerge(tag, into), ClientJson.Default.TagMerge), null,
        ClientJson.Default.ChangedConversations, cancellationToken)).Count;

    public Task<Conversation> UpdateAsync(Guid id, ConversationChanges changes, CancellationToken cancellationToken = default) =>
        _connection.PatchAsync(
            Path(id), ClientJson.Changes(changes, ClientJson.Default.ConversationChanges, changes.Clear), VersionTag.Of(changes.UnchangedSince),
            ClientJson.Default.Conversation, cancellationToken);

    /// <summary>Makes a conversation of one's own that begins with the branch of a message, up to and including it.</summary>
    /// <param name="idempotencyKey">The same key makes the same conversation, for 24 hours. Default: a new one.</param>
    public Task<Conversation> ForkAsync(Guid id, NewFork fork, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            $"{Path(id)}/fork", JsonSerializer.SerializeToUtf8Bytes(fork, ClientJson.Default.NewFork), idempotencyKey, ClientJson.Default.Conversation, cancellationToken);

    /// <param name="unchangedSince">Only if it was last changed then (its <c>UpdatedAt</c>), else a refusal. Default: however it is.</param>
    public Task DeleteAsync(Guid id, DateTimeOffset? unchangedSince = null, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync(Path(id), unchangedSince, cancellationToken);

    /// <summary>Undoes a deletion, until it is purged. One that is there stays as it is.</summary>
    public Task<Conversation> RestoreAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.PostAsync($"{Path(id)}/restore", null, null, ClientJson.Default.Conversation, cancellationToken);

    /// <summary>The branches of a conversation; its trunk is not among them.</summary>
    public Task<Page<Branch>> BranchesAsync(Guid id, PageRequest? page = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"{Path(id)}/branches{(page ?? new()).Query}", ClientJson.Default.PageBranch, cancellationToken);

    /// <param name="name">1 to 100 characters; null: none.</param>
    public Task<Branch> RenameBranchAsync(Guid id, int number, string? name, CancellationToken cancellationToken = default) =>
        _connection.PatchAsync(
            $"{Path(id)}/branches/{number}", JsonSerializer.SerializeToUtf8Bytes(new(name), ClientJson.Default.BranchChanges), null,
            ClientJson.Default.Branch, cancellationToken);

    /// <summary>The messages of all branches, by their order in the conversation, without their texts.</summary>
    public Task<Page<TreeNode>> TreeAsync(Guid id, PageRequest? page = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"{Path(id)}/tree{(page ?? new()).Query}", ClientJson.Default.PageTreeNode, cancellationToken);

    /// <summary>What of a branch a model is given, and how much room there is.</summary>
    /// <param name="branch">0 for the trunk. Default: the active one.</param>
    /// <param name="limit">How many of its newest messages are listed, 0 to 1000.</param>
    public Task<ContextWindow> ContextAsync(Guid id, int? branch = null, int limit = 100, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(
            $"{Path(id)}/context?limit={limit}{(branch is { } number ? $"&branch={number}" : "")}", ClientJson.Default.ContextWindow, cancellationToken);

    /// <summary>Lets messages leave the active branch's window; they stay in the conversation.</summary>
    /// <param name="targetTokens">Tokens that it has at most then. Default: three quarters of its margin.</param>
    public Task<PrunedWindow> PruneAsync(Guid id, int? targetTokens = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            $"{Path(id)}/prune", JsonSerializer.SerializeToUtf8Bytes(new(targetTokens), ClientJson.Default.Pruning), null,
            ClientJson.Default.PrunedWindow, cancellationToken);

    /// <summary>Begins a session.</summary>
    /// <param name="idempotencyKey">The same key begins the same session, for 24 hours. Default: a new one.</param>
    public Task<ConversationSession> BeginSessionAsync(
        Guid id, NewConversationSession? session = null, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            $"{Path(id)}/sessions", JsonSerializer.SerializeToUtf8Bytes(session ?? new(), ClientJson.Default.NewConversationSession), idempotencyKey,
            ClientJson.Default.ConversationSession, cancellationToken);

    public Task<ConversationSession> GetSessionAsync(Guid id, Guid sessionId, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"{Path(id)}/sessions/{sessionId}", ClientJson.Default.ConversationSession, cancellationToken);

    /// <param name="status">As <c>active</c>. Default: any.</param>
    public Task<Page<ConversationSession>> SessionsAsync(
        Guid id, PageRequest? page = null, string? status = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(
            $"{Path(id)}/sessions{(page ?? new()).Query.Add("status", status)}", ClientJson.Default.PageConversationSession, cancellationToken);

    /// <summary>Pauses a session, takes it up again or completes it.</summary>
    public Task<ConversationSession> UpdateSessionAsync(
        Guid id, Guid sessionId, ConversationSessionChanges changes, CancellationToken cancellationToken = default) =>
        _connection.PatchAsync(
            $"{Path(id)}/sessions/{sessionId}", ClientJson.Changes(changes, ClientJson.Default.ConversationSessionChanges, changes.Clear),
            VersionTag.Of(changes.UnchangedSince), ClientJson.Default.ConversationSession, cancellationToken);

    static string Path(Guid id) => $"/v1/conversations/{id}";

    /// <summary>Imports conversations from a file, which is sent as it is read. One that is there already is left as it is; one that is broken is told of, and the others come in.</summary>
    /// <param name="format"><c>overmind</c>, <c>openai</c> or <c>chatgpt</c>. Default: as the file begins.</param>
    /// <exception cref="OvermindApiException"><c>unknown_import_format</c>: nothing was imported.</exception>
    public async Task<ImportResult> ImportAsync(Stream file, string? format = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/imports{new Query().Add("format", format)}")
        {
            Content = new StreamContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        using var response = await _connection.OpenAsync(request, cancellationToken);
        return (await response.Content.ReadFromJsonAsync(ClientJson.Default.ImportResult, cancellationToken))!;
    }

    /// <summary>Conversations with all that belongs to them, lines of JSON, as they come. Dispose it when it is read.</summary>
    /// <param name="conversationId">Only this one. Default: all.</param>
    public async Task<Stream> ExportAsync(Guid? conversationId = null, CancellationToken cancellationToken = default)
    {
        var response = await _connection.OpenAsync(
            new HttpRequestMessage(HttpMethod.Get, $"/v1/exports/conversations{new Query().Add("conversation_id", conversationId?.ToString())}"), cancellationToken);
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }
}
