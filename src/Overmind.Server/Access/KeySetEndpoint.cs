using Overmind.Access.Sessions;

namespace Overmind.Server.Access;

/// <summary><c>/.well-known/jwks.json</c>: the public keys of access tokens, for those who verify them by themselves (RFC 7517).</summary>
static class KeySetEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/.well-known/jwks.json", [HttpMethods.Get, HttpMethods.Head], async http =>
    {
        var keys = await http.RequestServices.GetRequiredService<SigningKeys>().PublicAsync(http.RequestAborted);
        http.Response.ContentType = "application/jwk-set+json";
        http.Response.Headers.CacheControl = "public, max-age=300";
        await http.Response.WriteAsync(keys.ToJsonString(), http.RequestAborted);
    });
}
