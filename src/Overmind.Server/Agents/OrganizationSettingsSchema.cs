using System.Text.Json.Nodes;
using Overmind.Server.Http;

namespace Overmind.Server.Agents;

/// <summary><c>/openapi/organization_settings.json</c>: the JSON Schema of an organization's settings, as docs/openapi.json has it, complete in itself.</summary>
static class OrganizationSettingsSchema
{
    static readonly Lazy<string> Schema = new(Read);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods(
        "/openapi/organization_settings.json", [HttpMethods.Get], http =>
        {
            http.Response.ContentType = "application/schema+json";
            return http.Response.WriteAsync(Schema.Value, http.RequestAborted);
        });

    static string Read()
    {
        using var document = OpenApiDocument.Open();
        var changes = JsonNode.Parse(document)!["components"]!["schemas"]!["OrganizationSettingsChanges"]!.DeepClone().AsObject();
        changes.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        changes.Insert(1, "title", "Settings of an organization");
        return changes.ToJsonString();
    }
}
