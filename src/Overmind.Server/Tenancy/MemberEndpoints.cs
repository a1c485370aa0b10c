using Overmind.Access;
using Overmind.Postgres;
using Overmind.Server.Http;
using Overmind.Tenancy;

namespace Overmind.Server.Tenancy;

/// <summary><c>/v1/members</c>.</summary>
sealed class MemberEndpoints(MemberService members, SubscriptionService subscriptions)
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/v1/members", ListAsync);
        routes.Get("/v1/members/{member_id}", GetAsync);
        routes.Patch("/v1/members/{member_id}", ChangeAsync);
        routes.Delete("/v1/members/{member_id}", RemoveAsync);
        routes.Get("/v1/members/{member_id}/subscription", GetSubscriptionAsync, ApiKeyScope.SubscriptionsAdmin);
        routes.Put("/v1/members/{member_id}/subscription", PutSubscriptionAsync, ApiKeyScope.SubscriptionsAdmin);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var found = await members.ListAsync(caller.Claims, http.Request.Page(), http.RequestAborted);
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, ListResponse<OrganizationMember>.Of(found, m => m.Id), ServerJson.Default.ListResponseOrganizationMember);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(http, await members.GetAsync(caller.Claims, http.MemberId(), http.RequestAborted));
    }

    async Task ChangeAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var patch = new MemberPatch
        {
            DisplayName = body.Text("display_name"),
            Role = body.Word<OrganizationRole>("role"),
            Permissions = body.Words<Permission>("permissions"),
        };
        body.End();
        await WriteAsync(http, await members.ChangeAsync(caller.Claims, http.MemberId(), patch, EntityTag.Required(http.Request), http.RequestAborted));
    }

    async Task RemoveAsync(HttpContext http, Caller caller)
    {
        var id = http.MemberId();
        await members.RemoveAsync(caller.Claims, id, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new DeletedResponse(id, "member.deleted"), ServerJson.Default.DeletedResponse);
    }

    async Task GetSubscriptionAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        var member = await members.GetAsync(caller.Claims, http.MemberId(), http.RequestAborted);
        await SubscriptionEndpoints.WriteAsync(http, await subscriptions.GetAsync(caller.Claims, member.UserId, http.RequestAborted));
    }

    async Task PutSubscriptionAsync(HttpContext http, Caller caller)
    {
        var tier = await SubscriptionEndpoints.ReadTierAsync(http);
        var member = await members.GetAsync(caller.Claims, http.MemberId(), http.RequestAborted);
        await SubscriptionEndpoints.WriteAsync(http, await subscriptions.ChangeAsync(caller.Claims, member.UserId, tier, http.RequestAborted));
    }

    static Task WriteAsync(HttpContext http, OrganizationMember member) =>
        http.WriteJsonAsync(StatusCodes.Status200OK, member, member.UpdatedAt, ServerJson.Default.OrganizationMember);
}
