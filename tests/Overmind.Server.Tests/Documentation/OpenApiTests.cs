using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Overmind.Testing;

namespace Overmind.Server.Tests.Documentation;

public class OpenApiTests(ApiServers servers)
{
    static readonly JsonElement Document = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs", "openapi.json"))).RootElement;

    static readonly string[] Methods = ["get", "post", "patch", "put", "delete"];

    [Fact]
    public async Task The_server_gives_out_the_document_of_the_repository()
    {
        using var anonymous = servers.Fast.Anonymous;
        var served = (await anonymous.GetAsync("/openapi/v1.json")).Expect(200);
        served.Header("Content-Type").ShouldBe("application/json");
        JsonElement.DeepEquals(served.Json, Document).ShouldBeTrue();
    }

    [Fact]
    public void The_document_names_every_route_of_the_API_and_nothing_else()
    {
        var mapped = servers.Fast.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(route => IsApi("/" + route.RoutePattern.RawText!.TrimStart('/')))
            .SelectMany(route => route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
                .Where(method => method != "HEAD").Select(method => $"{method} /{route.RoutePattern.RawText!.TrimStart('/').Replace("{**", "{", StringComparison.Ordinal)}"));
        var documented = Document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Where(o => Methods.Contains(o.Name)).Select(o => $"{o.Name.ToUpperInvariant()} {path.Name}"));
        documented.Order().ShouldBe(mapped.Order());
    }

    [Fact]
    public void The_document_has_the_members_that_resources_have()
    {
        var schemas = Document.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(s => s.Value).ToList();
        foreach (var (kind, members) in Shapes.ByObject)
        {
            var described = schemas.Where(s => s.GetProperty("properties").TryGetProperty("object", out var o)
                && o.TryGetProperty("const", out var name) && name.GetString() == kind).ToList();
            described.ShouldNotBeEmpty(kind);
            foreach (var schema in described)
                Shapes.Members(schema.GetProperty("properties")).ShouldBe(members.Split(' '), ignoreOrder: true);
        }
    }

    [Fact]
    public void Whatever_the_document_refers_to_is_there()
    {
        var text = Document.GetRawText();
        foreach (var reference in text.Split("\"$ref\"").Skip(1).Select(rest => rest.Split('"')[1]).Distinct())
        {
            var at = Document;
            foreach (var part in reference[2..].Split('/'))
                at.TryGetProperty(part, out at).ShouldBeTrue(reference);
        }
    }

    static bool IsApi(string path) => path.StartsWith("/v1/", StringComparison.Ordinal) || path.StartsWith("/openai/", StringComparison.Ordinal) || path.StartsWith("/errors/", StringComparison.Ordinal)
        || path.StartsWith("/openapi/", StringComparison.Ordinal) || path is "/health" or "/ready";
}
