using Overmind.Access;
using Overmind.Conversations;
using Overmind.Memory;
using Overmind.Server.Http;

namespace Overmind.Server.Memory;

/// <summary><c>/v1/datastores</c>: collections of memories, and the agents that read them.</summary>
sealed class DatastoreEndpoints(DatastoreService datastores)
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("/v1/datastores", CreateAsync);
        routes.Get("/v1/datastores", ListAsync);
        routes.Get("/v1/datastores/{datastore_id}", GetAsync);
        routes.Patch("/v1/datastores/{datastore_id}", UpdateAsync);
        routes.Delete("/v1/datastores/{datastore_id}", DeleteAsync);
        routes.Put("/v1/datastores/{datastore_id}/agents/{agent_id}", LinkAsync);
        routes.Delete("/v1/datastores/{datastore_id}/agents/{agent_id}", UnlinkAsync);
    }

    async Task CreateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var datastore = new NewDatastore
        {
            Id = http.NewResourceId(),
            Name = body.RequiredText("name"),
            Description = body.Text("description"),
            Visibility = body.Word<Visibility>("visibility") ?? Visibility.Private,
        };
        body.End();
        var made = await datastores.CreateAsync(caller.Claims, datastore, http.RequestAborted);
        http.Response.Headers.Location = $"/v1/datastores/{made.Id}";
        await WriteAsync(http, StatusCodes.Status201Created, made);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var found = await datastores.ListAsync(caller.Claims, http.Request.Page(), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<Datastore>.Of(found, d => d.Id), ServerJson.Default.ListResponseDatastore);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(http, StatusCodes.Status200OK, await datastores.GetAsync(caller.Claims, http.DatastoreId(), http.RequestAborted));
    }

    async Task UpdateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var patch = new DatastorePatch
        {
            Name = body.Text("name"),
            Description = body.Change("description", body.Text),
            Visibility = body.Word<Visibility>("visibility"),
        };
        body.End();
        var unchangedSince = EntityTag.Required(http.Request);
        await WriteAsync(http, StatusCodes.Status200OK, await datastores.UpdateAsync(caller.Claims, http.DatastoreId(), patch, unchangedSince, http.RequestAborted));
    }

    async Task DeleteAsync(HttpContext http, Caller caller)
    {
        var id = http.DatastoreId();
        await datastores.DeleteAsync(caller.Claims, id, EntityTag.Required(http.Request), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new DeletedResponse(id, "datastore.deleted"), ServerJson.Default.DeletedResponse);
    }

    async Task LinkAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        body.End();
        await WriteAsync(http, StatusCodes.Status200OK, await datastores.LinkAsync(caller.Claims, http.DatastoreId(), http.AgentId(), http.RequestAborted));
    }

    async Task UnlinkAsync(HttpContext http, Caller caller) =>
        await WriteAsync(http, StatusCodes.Status200OK, await datastores.UnlinkAsync(caller.Claims, http.DatastoreId(), http.AgentId(), http.RequestAborted));

    static Task WriteAsync(HttpContext http, int status, Datastore datastore) =>
        http.WriteJsonAsync(status, datastore, datastore.UpdatedAt, ServerJson.Default.Datastore);
}
