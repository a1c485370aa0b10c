using Overmind.Access;
using Overmind.Conversations;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary><c>/v1/conversations/{conversation_id}/branches</c> and <c>/tree</c>, and the fork of a message.</summary>
sealed class BranchEndpoints(BranchService branches)
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("/v1/conversations/{conversation_id}/messages/{message_id}/fork", ForkAsync);
        routes.Get("/v1/conversations/{conversation_id}/branches", ListAsync);
        routes.Patch("/v1/conversations/{conversation_id}/branches/{branch_number}", RenameAsync);
        routes.Get("/v1/conversations/{conversation_id}/tree", TreeAsync);
    }

    async Task ForkAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        body.End();
        var made = await branches.ForkAsync(caller.Claims, http.ConversationId(), http.MessageId(), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status201Created, made, ServerJson.Default.Branch);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var found = await branches.ListAsync(caller.Claims, http.ConversationId(), http.Request.Page(), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<Branch>.Of(found, b => b.Id), ServerJson.Default.ListResponseBranch);
    }

    async Task RenameAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var name = body.Text("name");
        body.End();
        var renamed = await branches.RenameAsync(caller.Claims, http.ConversationId(), http.BranchNumber(), name, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, renamed, ServerJson.Default.Branch);
    }

    async Task TreeAsync(HttpContext http, Caller caller)
    {
        var found = await branches.TreeAsync(caller.Claims, http.ConversationId(), http.Request.Page(), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<TreeNode>.Of(found, n => n.Id), ServerJson.Default.ListResponseTreeNode);
    }
}
