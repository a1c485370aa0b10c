namespace Overmind.Server.Http;

/// <summary><c>/openapi/v1.json</c>: docs/openapi.json, which names each route of the API (tested).</summary>
static class OpenApiDocument
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/openapi/v1.json", [HttpMethods.Get], async http =>
    {
        http.Response.ContentType = "application/json";
        await using var document = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("docs/openapi.json")!;
        await document.CopyToAsync(http.Response.Body, http.RequestAborted);
    });
}
