using Overmind.Access;
using Overmind.Conversations.Sharing;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary><c>/v1/conversations/{conversation_id}/shares</c> and <c>/v1/shares</c>: who reads a conversation by a link.</summary>
sealed class ShareEndpoints(ShareService shares)
{
    public void Map(ApiRoutes routes)
    {
        routes.PostSecret("/v1/conversations/{conversation_id}/shares", CreateAsync);
        routes.Get("/v1/shares", ListAsync);
        routes.Delete("/v1/shares/{share_id}", RevokeAsync);
    }

    async Task CreateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var share = new NewShare { Id = http.NewResourceId(), Branch = body.Integer("branch"), ExpiresAt = body.Time("expires_at") };
        body.End();
        var (made, token) = await shares.CreateAsync(caller.Claims, http.ConversationId(), share, http.RequestAborted);
        var url = $"{http.Request.Scheme}://{http.Request.Host}/shared/{token}";
        await http.WriteJsonAsync(StatusCodes.Status201Created, new ShareWithToken(made, token, url), ServerJson.Default.ShareWithToken);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page("conversation_id");
        var found = await shares.ListAsync(caller.Claims, http.Request.IdParameter("conversation_id"), page, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<Share>.Of(found, s => s.Id), ServerJson.Default.ListResponseShare);
    }

    async Task RevokeAsync(HttpContext http, Caller caller)
    {
        var id = http.ShareId();
        await shares.RevokeAsync(caller.Claims, id, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new DeletedResponse(id, "conversation.share.deleted"), ServerJson.Default.DeletedResponse);
    }
}
