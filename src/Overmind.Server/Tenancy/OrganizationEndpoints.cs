using Overmind.Access;
using Overmind.Server.Http;
using Overmind.Tenancy;

namespace Overmind.Server.Tenancy;

/// <summary><c>/v1/organization</c>, that of the key, and <c>/v1/organizations</c>, all of the person whose key it is.</summary>
sealed class OrganizationEndpoints(OrganizationService organizations)
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/v1/organization", GetAsync);
        routes.Patch("/v1/organization", ChangeAsync);
        routes.Delete("/v1/organization", DeleteAsync);
        routes.Put("/v1/organization/status", PutStatusAsync);
        routes.Get("/v1/organizations", ListAsync);
        routes.Post("/v1/organizations", CreateAsync);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(http, await organizations.GetAsync(caller.Claims, http.RequestAborted));
    }

    async Task ChangeAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var patch = new OrganizationPatch
        {
            Name = body.Text("name"),
            Slug = body.Text("slug"),
            EnabledFeatures = body.Texts("enabled_features"),
            ExperimentalFeatures = body.Texts("experimental_features"),
            Timezone = body.Text("timezone"),
        };
        body.End();
        await WriteAsync(http, await organizations.ChangeAsync(caller.Claims, patch, EntityTag.Required(http.Request), http.RequestAborted));
    }

    async Task DeleteAsync(HttpContext http, Caller caller)
    {
        await organizations.DeleteAsync(caller.Claims, http.RequestAborted);
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, new DeletedResponse(caller.Claims.OrganizationId!.Value, "organization.deleted"), ServerJson.Default.DeletedResponse);
    }

    async Task PutStatusAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var status = body.RequiredWord<MemberChosenStatus>("status");
        body.End();
        await WriteAsync(http, status is MemberChosenStatus.Cancelled
            ? await organizations.CancelAsync(caller.Claims, http.RequestAborted)
            : await organizations.ResumeAsync(caller.Claims, http.RequestAborted));
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        var page = new Page<Membership>(await organizations.MembershipsAsync(caller.Claims, http.RequestAborted), HasMore: false);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<Membership>.Of(page, m => m.Id), ServerJson.Default.ListResponseMembership);
    }

    async Task CreateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var organization = new NewOrganization { Id = http.NewResourceId(), Name = body.RequiredText("name"), Slug = body.Text("slug") };
        body.End();
        var made = await organizations.CreateAsync(caller.Claims, organization, http.RequestAborted);
        http.Response.Headers.Location = "/v1/organizations";
        await http.WriteJsonAsync(StatusCodes.Status201Created, made, ServerJson.Default.Membership);
    }

    static Task WriteAsync(HttpContext http, Organization organization) =>
        http.WriteJsonAsync(StatusCodes.Status200OK, organization, organization.UpdatedAt, ServerJson.Default.Organization);
}
