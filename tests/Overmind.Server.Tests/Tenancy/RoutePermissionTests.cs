using System.Text.Json;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Server.Tests.Tenancy;

/// <summary>Each route of the API, as docs/openapi.json names the permission that it asks for.</summary>
public sealed class RoutePermissionTests(ApiServers servers) : IAsyncLifetime
{
    static readonly JsonElement Document = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs", "openapi.json"))).RootElement;

    // What takes more than the schema tells.
    static readonly Dictionary<string, string> Bodies = new()
    {
        ["/v1/playground"] = """{"model": "offline/offline", "prompt": "Hello"}""",
        ["/v1/runs/{run_id}/steps/{step_id}/replay"] = """{"model": "offline/offline"}""",
        ["/v1/usage/reprice"] = """{"from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z"}""",
        ["/v1/jobs/cancel"] = """{"unique_key": "none"}""",
        ["/v1/jobs/retry"] = """{"unique_key": "none"}""",
    };

    static readonly Dictionary<string, string> Queries = new()
    {
        ["/v1/settings/retention"] = "?data_retention_days=30",
        ["/v1/settings/audit_retention"] = "?audit_retention_days=30",
    };

    ApiServer _server = null!;
    Guid _member;

    public async ValueTask InitializeAsync()
    {
        _server = await servers.StartAsync();
        // Somebody who does nothing, and is asked about.
        _member = await _server.Database.ScalarAsync<Guid>(
            """
            with made as (
                insert into users (email, name)
                values ('member@first.test', 'Member')
                returning id
            )
            insert into organization_members (organization_id, user_id, display_name, role)
            select $1, id, 'Member', 'user'
            from made
            returning id
            """, _server.Tenants.First.OrganizationId);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Who_has_not_the_permission_of_a_route_is_refused_and_whoever_was_granted_it_is_not()
    {
        var unlike = new List<string>();
        using var granted = _server.As(await _server.KeyAsync(_server.Tenants.First.OtherUser));
        foreach (var group in Operations().GroupBy(operation => operation.Permission))
        {
            var permission = PermissionCatalogue.Of(group.Key);
            if (permission.IsGrantable)
                await GrantAsync(granted, group.Key);
            foreach (var operation in group)
            {
                foreach (var (below, role) in ((Api, OrganizationRole)[])[(_server.Viewer, OrganizationRole.Viewer), (_server.User, OrganizationRole.User)])
                    if (role < permission.Role && Code(await CallAsync(below, operation)) is not "forbidden" and var code)
                        unlike.Add($"{role}, {operation.Method} {operation.Path}: {code ?? "done"}");
                // What ends the organization or a membership would end the test.
                if (permission.IsGrantable && operation is not { Method: "PUT", Path: "/v1/organization/status" } and not { Method: "DELETE", Path: "/v1/members/{member_id}" }
                    && Code(await CallAsync(granted, operation)) == "forbidden")
                    unlike.Add($"granted, {operation.Method} {operation.Path}: forbidden");
            }
        }
        unlike.ShouldBeEmpty();
    }

    [Fact]
    public void The_page_on_security_lists_the_routes_of_each_permission()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "security.md"));
        foreach (var group in Operations().GroupBy(operation => operation.Permission))
            page.ShouldContain(
                $"| `{PermissionCatalogue.Name(group.Key)}` | {string.Join(", ", group.Select(operation => $"`{operation.Method} {operation.Path["/v1".Length..]}`"))} |", Case.Sensitive);
    }

    async Task GrantAsync(Api api, Permission permission)
    {
        var name = PermissionCatalogue.Name(permission);
        await _server.Database.ExecuteAsync(
            "update organization_members set permissions = jsonb_build_array($2) where user_id = $1", _server.Tenants.First.OtherUser.UserId!.Value, name);
        // The node hears of it by a notification.
        await Poll.UntilAsync(async () => (await api.GetAsync("/v1/me")).Expect(200).Text.Contains($"\"{name}\"", StringComparison.Ordinal));
    }

    Task<Answer> CallAsync(Api api, (string Method, string Path, Permission Permission, JsonElement Described) operation) => api.SendAsync(
        HttpMethod.Parse(operation.Method),
        string.Join('/', operation.Path.Split('/').Select(part => part switch
        {
            "{member_id}" => _member.ToString(),
            "{version}" => "1",
            ['{', ..] => "00000000-0000-7000-8000-000000000001",
            _ => part,
        })) + Queries.GetValueOrDefault(operation.Path),
        operation.Method is "GET" or "DELETE" ? null : Bodies.GetValueOrDefault(operation.Path) ?? Body(operation.Described));

    static string? Code(Answer answer) => answer.Status < 400 ? null : answer.Json.Text("code");

    static string Body(JsonElement operation) => operation.TryGetProperty("requestBody", out var body)
        ? Sample(body.GetProperty("content").GetProperty("application/json").GetProperty("schema"))
        : "{}";

    // What the schema asks for and no more: enough for a handler to read, before the service says who may.
    static string Sample(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return Sample(reference.GetString()![2..].Split('/').Aggregate(Document, (at, part) => at.GetProperty(part)));
        if (schema.TryGetProperty("const", out var constant)) return constant.GetRawText();
        if (schema.TryGetProperty("enum", out var words)) return words[0].GetRawText();
        if (schema.TryGetProperty("anyOf", out var either) || schema.TryGetProperty("oneOf", out either)) return Sample(either[0]);
        var type = schema.GetProperty("type");
        return (type.ValueKind is JsonValueKind.Array ? type[0] : type).GetString() switch
        {
            "object" => $"{{{string.Join(", ", Required(schema).Select(name => $"\"{name}\": {Sample(schema.GetProperty("properties").GetProperty(name))}"))}}}",
            "array" => $"[{(schema.TryGetProperty("minItems", out _) ? Sample(schema.GetProperty("items")) : "")}]",
            "integer" or "number" => schema.TryGetProperty("minimum", out var least) ? least.GetRawText() : "1",
            "boolean" => "true",
            _ => schema.TryGetProperty("format", out var format) ? format.GetString() switch
            {
                "uuid" => "\"00000000-0000-7000-8000-000000000001\"",
                "date-time" => "\"2999-12-31T00:00:00Z\"",
                "uri" => "\"https://example.com/\"",
                "email" => "\"somebody@example.com\"",
                _ => "\"sample\"",
            } : "\"sample\"",
        };
    }

    static IEnumerable<string> Required(JsonElement schema) =>
        schema.TryGetProperty("required", out var required) ? required.EnumerateArray().Select(name => name.GetString()!) : [];

    static IEnumerable<(string Method, string Path, Permission Permission, JsonElement Described)> Operations() =>
        from path in Document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where operation.Name != "parameters" && operation.Value.TryGetProperty("x-required-permission", out _)
        select (
            operation.Name.ToUpperInvariant(), path.Name,
            LowerSnake.Read<Permission>(operation.Value.GetProperty("x-required-permission").GetString()!)!.Value, operation.Value);
}
