using Overmind.Postgres;
using Overmind.Server.Tests.Access.Intruders;
using Overmind.Testing;

namespace Overmind.Server.Tests.Tenancy;

/// <summary>Each route of the API, as docs/openapi.json names the permission that it asks for.</summary>
public sealed class RoutePermissionTests(ApiServers servers) : IAsyncLifetime
{
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
        foreach (var group in ByPermission())
        {
            var permission = PermissionCatalogue.Of(group.Key);
            if (permission.IsGrantable)
                await GrantAsync(granted, group.Key);
            foreach (var operation in group)
            {
                foreach (var (below, role) in ((Api, OrganizationRole)[])[(_server.Viewer, OrganizationRole.Viewer), (_server.User, OrganizationRole.User)])
                    if (role < permission.Role && Code(await CallAsync(below, operation)) is not "forbidden" and var code)
                        unlike.Add($"{role}, {operation.Name}: {code ?? "done"}");
                // What ends the organization or a membership would end the test.
                if (permission.IsGrantable && operation.Name is not ("PUT /v1/organization/status" or "DELETE /v1/members/{member_id}")
                    && Code(await CallAsync(granted, operation)) == "forbidden")
                    unlike.Add($"granted, {operation.Name}: forbidden");
            }
        }
        unlike.ShouldBeEmpty();
    }

    [Fact]
    public void The_page_on_security_lists_the_routes_of_each_permission()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "security.md"));
        foreach (var group in ByPermission())
            page.ShouldContain(
                $"| `{PermissionCatalogue.Name(group.Key)}` | {string.Join(", ", group.Select(operation => $"`{operation.Method} {operation.ShownPath}`"))} |", Case.Sensitive);
    }

    async Task GrantAsync(Api api, Permission permission)
    {
        var name = PermissionCatalogue.Name(permission);
        await _server.Database.ExecuteAsync(
            "update organization_members set permissions = jsonb_build_array($2) where user_id = $1", _server.Tenants.First.OtherUser.UserId!.Value, name);
        // The node hears of it by a notification.
        await Poll.UntilAsync(async () => (await api.GetAsync("/v1/me")).Expect(200).Text.Contains($"\"{name}\"", StringComparison.Ordinal));
    }

    Task<Answer> CallAsync(Api api, Operation operation) => api.SendAsync(
        operation.Method,
        string.Join('/', operation.Path.Split('/').Select(part => part switch
        {
            "{member_id}" => _member.ToString(),
            "{version}" or "{version_number}" or "{branch_number}" => "1",
            ['{', ..] => "00000000-0000-7000-8000-000000000001",
            _ => part,
        })) + operation.Query,
        operation.Body);

    static string? Code(Answer answer) => answer.Status < 400 ? null : answer.Code;

    static IEnumerable<IGrouping<Permission, Operation>> ByPermission() =>
        Operation.All.Values.Where(operation => operation.Permission is not null).GroupBy(operation => operation.Permission!.Value);
}
