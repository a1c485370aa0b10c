using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Overmind.Access;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Server.Tests.Access.Intruders;

/// <summary>An operation as docs/openapi.json describes it.</summary>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Query">The parameters that it requires after it.</param>
/// <param name="IsPublic">Asks for no credentials.</param>
/// <param name="Scope">That a key needs; null for none.</param>
/// <param name="Permission">That a member needs; null for none.</param>
/// <param name="Body">The least that it takes; null for none.</param>
public sealed record Operation(HttpMethod Method, string Path, string Query, bool IsPublic, ApiKeyScope? Scope, Permission? Permission, string? Body)
{
    static readonly string[] Methods = ["get", "post", "patch", "put", "delete"];
    static readonly JsonElement Document = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs", "openapi.json"))).RootElement;

    /// <summary>By name, as <c>GET /v1/me</c>.</summary>
    public static IReadOnlyDictionary<string, Operation> All { get; } = Document.GetProperty("paths").EnumerateObject()
        .SelectMany(path => path.Value.EnumerateObject().Where(member => Methods.Contains(member.Name)).Select(operation => Of(path.Name, operation)))
        .ToDictionary(operation => operation.Name);

    public string Name => $"{Method} {Path}";

    public bool Changes => Method != HttpMethod.Get;

    /// <summary>Names rows: <c>{conversation_id}</c>.</summary>
    public bool NamesRows => Path.Contains('{');

    /// <summary>As the page on security has it, whose tables are of <c>/v1</c>.</summary>
    public string ShownPath => Shown(Path);

    public static string Shown(string path) => path.StartsWith("/v1/", StringComparison.Ordinal) ? path["/v1".Length..] : path;

    static Operation Of(string path, JsonProperty operation) => new(
        HttpMethod.Parse(operation.Name), path, RequiredQuery(operation.Value),
        operation.Value.TryGetProperty("security", out var security) && security.GetArrayLength() == 0,
        operation.Value.TryGetProperty("x-required-scope", out var scope) ? LowerSnake.Read<ApiKeyScope>(scope.GetString()!) : null,
        operation.Value.TryGetProperty("x-required-permission", out var permission) ? LowerSnake.Read<Permission>(permission.GetString()!) : null,
        operation.Value.TryGetProperty("requestBody", out var body)
            ? SampleBody.Of(Document, body.GetProperty("content").GetProperty("application/json").GetProperty("schema")).ToJsonString()
            : null);

    static string RequiredQuery(JsonElement operation) => operation.TryGetProperty("parameters", out var parameters)
        ? QueryString.Create(parameters.EnumerateArray()
            .Where(parameter => parameter.TryGetProperty("in", out var place) && place.ValueEquals("query") && parameter.TryGetProperty("required", out var required) && required.GetBoolean())
            .Select(parameter => KeyValuePair.Create(parameter.GetProperty("name").GetString()!, (string?)"1"))).Value!
        : "";
}
