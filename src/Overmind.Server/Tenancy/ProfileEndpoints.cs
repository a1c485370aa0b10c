using Overmind.Access;
using Overmind.Server.Http;
using Overmind.Tenancy;

namespace Overmind.Server.Tenancy;

/// <summary><c>/v1/profile</c> and <c>/v1/traits</c>: those of the person whose key it is.</summary>
sealed class ProfileEndpoints(ProfileService profiles)
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/v1/profile", GetAsync);
        routes.Patch("/v1/profile", ChangeAsync);
        routes.Get("/v1/traits", ListTraitsAsync);
        routes.Put("/v1/traits/{trait_key}", PutTraitAsync);
        routes.Delete("/v1/traits/{trait_key}", DeleteTraitAsync);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(http, await profiles.GetAsync(caller.Claims, http.RequestAborted));
    }

    async Task ChangeAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var patch = new ProfilePatch
        {
            DisplayName = body.Text("display_name"),
            AvatarUrl = body.Change("avatar_url", body.Text),
            Timezone = body.Text("timezone"),
        };
        body.End();
        await WriteAsync(http, await profiles.ChangeAsync(caller.Claims, patch, EntityTag.Required(http.Request), http.RequestAborted));
    }

    async Task ListTraitsAsync(HttpContext http, Caller caller)
    {
        var found = await profiles.TraitsAsync(caller.Claims, http.Request.Page(), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<Trait>.Of(found, t => t.Id), ServerJson.Default.ListResponseTrait);
    }

    async Task PutTraitAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var trait = new NewTrait
        {
            TraitKey = http.TraitKey(),
            TraitValue = body.RequiredText("trait_value"),
            Source = body.Word<TraitSource>("source") ?? TraitSource.UserInput,
        };
        body.End();
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, await profiles.SetTraitAsync(caller.Claims, trait, http.RequestAborted), ServerJson.Default.Trait);
    }

    async Task DeleteTraitAsync(HttpContext http, Caller caller)
    {
        var deleted = await profiles.DeleteTraitAsync(caller.Claims, http.TraitKey(), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new DeletedResponse(deleted.Id, "trait.deleted"), ServerJson.Default.DeletedResponse);
    }

    static Task WriteAsync(HttpContext http, Profile profile) =>
        http.WriteJsonAsync(StatusCodes.Status200OK, profile, profile.UpdatedAt, ServerJson.Default.Profile);
}
