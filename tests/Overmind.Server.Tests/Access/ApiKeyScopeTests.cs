using System.Text.Json;
using Overmind.Access;
using Overmind.Server.Tests.Access.Intruders;
using Overmind.Testing;

namespace Overmind.Server.Tests.Access;

/// <summary>Each route of the API, as docs/openapi.json names its scope.</summary>
public class ApiKeyScopeTests(ApiServers servers)
{
    const string Any = "any";

    readonly ApiServer server = servers.Fast;

    [Fact]
    public async Task Each_route_is_closed_to_a_key_that_has_every_scope_but_its_own()
    {
        foreach (var group in Operations().Where(operation => operation.Scope != Any).GroupBy(operation => operation.Scope))
        {
            var scope = LowerSnake.Read<ApiKeyScope>(group.Key).ShouldNotBeNull(group.Key);
            var others = Enum.GetValues<ApiKeyScope>().Where(other => other != scope && other != ApiKeyScopes.Whole(scope)).ToArray();
            using var api = server.As(await server.KeyAsync(server.Tenants.First.Admin, others));
            foreach (var operation in group)
                (await CallAsync(api, operation)).ExpectProblem(403, "insufficient_scope");
        }
    }

    [Fact]
    public async Task Each_route_is_open_to_its_own_scope_alone_and_to_the_one_that_includes_it()
    {
        foreach (var group in Operations().GroupBy(operation => operation.Scope))
        {
            var scope = LowerSnake.Read<ApiKeyScope>(group.Key) ?? ApiKeyScope.PlaygroundRun;
            foreach (var held in (ApiKeyScope[])[scope, ApiKeyScopes.Whole(scope)])
            {
                // Of a viewer, who does no harm with it.
                using var api = server.As(await server.KeyAsync(server.Tenants.First.Viewer, held));
                foreach (var operation in group.Where(operation => !operation.Path.EndsWith("/sessions", StringComparison.Ordinal)))
                {
                    var answer = await CallAsync(api, operation);
                    answer.Status.ShouldNotBe(401, operation.ToString());
                    answer.Text.ShouldNotContain("insufficient_scope", Case.Sensitive, operation.ToString());
                }
            }
        }
    }

    [Fact]
    public void Each_scope_of_a_module_opens_some_route()
    {
        var used = Operations().Select(operation => operation.Scope).ToHashSet();
        Enum.GetValues<ApiKeyScope>().Where(scope => ApiKeyScopes.Whole(scope) != scope).Select(LowerSnake.Write).ShouldBe(used.Where(scope => scope != Any), ignoreOrder: true);
    }

    [Fact]
    public void The_document_says_which_scope_and_permission_each_route_needs_where_somebody_is_asked_who_they_are()
    {
        foreach (var (method, path, operation) in Described().Where(operation => !operation.Operation.TryGetProperty("security", out _)))
        {
            operation.TryGetProperty("x-required-scope", out _).ShouldBeTrue($"{method} {path}");
            operation.TryGetProperty("x-required-permission", out _).ShouldBeTrue($"{method} {path}");
        }
    }

    [Fact]
    public void The_page_on_security_lists_the_routes_of_each_scope()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "security.md"));
        foreach (var group in Operations().GroupBy(operation => operation.Scope))
            page.ShouldContain($"| `{group.Key}` | {string.Join(", ", group.Select(operation => $"`{operation.Method} {Operation.Shown(operation.Path)}`"))} |", Case.Sensitive);
    }

    static Task<Answer> CallAsync(Api api, (string Method, string Path, string Scope) operation) => api.SendAsync(
        HttpMethod.Parse(operation.Method),
        string.Join('/', operation.Path.Split('/').Select(part => part.StartsWith('{') ? "00000000-0000-7000-8000-000000000001" : part)),
        operation.Method is "GET" or "DELETE" ? null : "{}");

    static IEnumerable<(string Method, string Path, string Scope)> Operations() =>
        from described in Described()
        where described.Operation.TryGetProperty("x-required-scope", out _)
        select (described.Method, described.Path, described.Operation.GetProperty("x-required-scope").GetString()!);

    static IEnumerable<(string Method, string Path, JsonElement Operation)> Described() =>
        from path in JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs", "openapi.json"))).RootElement.GetProperty("paths").EnumerateObject()
        where path.Name.StartsWith("/v1/", StringComparison.Ordinal) || path.Name.StartsWith("/openai/v1/", StringComparison.Ordinal)
        from operation in path.Value.EnumerateObject()
        where operation.Name != "parameters"
        select (operation.Name.ToUpperInvariant(), path.Name, operation.Value);
}
