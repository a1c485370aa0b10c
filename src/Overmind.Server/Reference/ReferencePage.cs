using System.Text;
using System.Text.Json;
using Overmind.Server.Http;

namespace Overmind.Server.Reference;

/// <summary>
/// <c>/reference</c>: the OpenAPI document as a page to read. It is written here and holds no script, because the ready-made viewers need an
/// inline script, which the content security policy forbids, and load fonts from elsewhere.
/// </summary>
static class ReferencePage
{
    static readonly Lazy<byte[]> Page = new(() => Encoding.UTF8.GetBytes(Write()));

    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/reference", [HttpMethods.Get], async http =>
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = Page.Value.Length;
        await http.Response.Body.WriteAsync(Page.Value, http.RequestAborted);
    });

    static string Write()
    {
        using var document = JsonDocument.Parse(Resource("docs/openapi.json"));
        var root = document.RootElement;
        var operations = Operations(root).ToList();
        var html = new StringBuilder();
        html.Append(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Overmind API reference</title>
            <link rel="icon" href="data:,">
            <style>
            {Resource("reference.css")}</style>
            </head>
            <body>
            <nav aria-label="Routes">
            <h1>Overmind API</h1>

            """);
        foreach (var tag in operations.GroupBy(operation => operation.Tag))
        {
            html.Append($"<h2>{SchemaHtml.Text(tag.Key)}</h2>\n<ul>\n");
            foreach (var operation in tag)
                html.Append($"<li><a href=\"#{operation.Id}\">{SchemaHtml.Text(operation.Summary)}</a></li>\n");
            html.Append("</ul>\n");
        }
        html.Append($"</nav>\n<main>\n<p>{SchemaHtml.Text(root.GetProperty("info").GetProperty("description").GetString()!)} ");
        html.Append("The same for machines: <a href=\"/openapi/v1.json\">/openapi/v1.json</a>.</p>\n");
        foreach (var operation in operations)
            operation.WriteTo(html, root);
        html.Append("<h2 id=\"schemas\">Schemas</h2>\n");
        foreach (var schema in root.GetProperty("components").GetProperty("schemas").EnumerateObject())
            SchemaHtml.WriteSection(html, schema.Name, schema.Value);
        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    static IEnumerable<OperationHtml> Operations(JsonElement root) =>
        from path in root.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where operation.Name != "parameters"
        select new OperationHtml(path.Name, operation.Name, operation.Value, path.Value.TryGetProperty("parameters", out var shared) ? shared : null);

    static string Resource(string name)
    {
        using var stream = typeof(OpenApiDocument).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
