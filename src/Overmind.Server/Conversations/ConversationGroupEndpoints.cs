using Overmind.Access;
using Overmind.Conversations;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary><c>/v1/conversations/folders</c> and <c>/v1/conversations/tags</c>.</summary>
sealed class ConversationGroupEndpoints(ConversationGroupService groups)
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/v1/conversations/folders", FoldersAsync);
        routes.Post("/v1/conversations/folders/rename", RenameFolderAsync);
        routes.Get("/v1/conversations/tags", TagsAsync);
        routes.Post("/v1/conversations/tags/merge", MergeTagAsync);
    }

    async Task FoldersAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(http, await groups.FoldersAsync(caller.Claims, http.RequestAborted));
    }

    async Task TagsAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(http, await groups.TagsAsync(caller.Claims, http.RequestAborted));
    }

    async Task RenameFolderAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var (folder, name) = (body.RequiredText("folder"), body.RequiredText("name"));
        body.End();
        await WriteAsync(http, await groups.RenameFolderAsync(caller.Claims, folder, name, http.RequestAborted));
    }

    async Task MergeTagAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var (tag, into) = (body.RequiredText("tag"), body.RequiredText("into"));
        body.End();
        await WriteAsync(http, await groups.MergeTagAsync(caller.Claims, tag, into, http.RequestAborted));
    }

    static Task WriteAsync(HttpContext http, IReadOnlyList<ConversationGroup> found) =>
        http.WriteJsonAsync(StatusCodes.Status200OK, new ConversationGroupsResponse(found), ServerJson.Default.ConversationGroupsResponse);

    static Task WriteAsync(HttpContext http, int count) =>
        http.WriteJsonAsync(StatusCodes.Status200OK, new ChangedConversations(count), ServerJson.Default.ChangedConversations);
}
