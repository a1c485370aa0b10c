namespace Overmind.Server.Http;

/// <summary><c>/openapi/v1.json</c>: docs/openapi.json, which names each route of the API (tested).</summary>
static class OpenApiDocument
{
    public static Stream Open() => typeof(OpenApiDocument).Assembly.GetManifestResourceStream("docs/openapi.json")!;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/openapi/v1.json", [HttpMethods.Get], async http =>
    {
        http.Response.ContentType = "application/json";
        await using var document = Open();
        await document.CopyToAsync(http.Response.Body, http.RequestAborted);
    });
}
