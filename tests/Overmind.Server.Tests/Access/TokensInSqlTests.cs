using System.Buffers.Text;
using System.Text;
using Npgsql;

namespace Overmind.Server.Tests.Access;

/// <summary>What an access token of ours shows to a SQL client that sets its claims as Supabase does is what the API shows with it.</summary>
public class TokensInSqlTests(ApiServers servers)
{
    // Lists, and the same in SQL.
    static readonly (string Path, string Sql)[] Lists =
    [
        ("/v1/conversations", "select id from conversations where deleted_at is null and status <> 'deleted'"),
        ("/v1/members", "select id from organization_members where left_at is null"),
        ("/v1/agents", "select id from agent_configurations where deleted_at is null"),
        ("/v1/sessions", "select id from sessions where revoked_at is null and expires_at > now()"),
        ("/v1/organizations", "select id from organizations where deleted_at is null"),
    ];

    static readonly (string Path, string Sql)[] ForAdmins =
    [
        ("/v1/invitations", "select id from invitations"),
        ("/v1/webhook_endpoints", "select id from webhook_endpoints"),
    ];

    [Fact]
    public async Task Each_role_sees_the_same_rows_by_the_API_and_by_the_tokens_claims()
    {
        await using var server = await servers.StartAsync();
        await server.User.NewConversationAsync("""{"title": "Mine"}""");
        await server.OtherUser.NewConversationAsync("""{"title": "Shared", "visibility": "organization"}""");
        (await server.Admin.PostAsync("/v1/invitations", """{"email": "guest@example.com"}""")).Expect(201);
        (await server.Admin.PostAsync("/v1/webhook_endpoints", """{"url": "https://example.com/hooks"}""")).Expect(201);
        foreach (var role in (string[])["admin", "user", "viewer"])
        {
            var signedIn = await SignedIn.AsAsync(server, $"{role}@first.test");
            using var api = server.As(signedIn.AccessToken);
            foreach (var (path, sql) in Lists)
                (await InSqlAsync(server, signedIn, sql)).ShouldBe(await ByApiAsync(api, path), ignoreOrder: true, $"{role}, {path}");
            foreach (var (path, sql) in ForAdmins)
                if (role == "admin")
                    (await InSqlAsync(server, signedIn, sql)).ShouldBe(await ByApiAsync(api, path), ignoreOrder: true, path);
                else
                    (await InSqlAsync(server, signedIn, sql)).ShouldBeEmpty($"{role}, {path}");
        }
    }

    static async Task<IReadOnlyList<Guid>> ByApiAsync(Api api, string path)
    {
        var items = (await api.GetAsync(path + (path == "/v1/organizations" ? "" : "?limit=100"))).Expect(200).Items;
        items.ShouldNotBeEmpty(path);
        return [.. items.Select(item => item.GetProperty("id").GetGuid())];
    }

    static async Task<IReadOnlyList<Guid>> InSqlAsync(ApiServer server, SignedIn signedIn, string sql)
    {
        var claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(signedIn.AccessToken.Split('.')[1]));
        await using var connection = await server.Database.Direct.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new("set local role authenticated"),
                new("select set_config('request.jwt.claims', $1, true)") { Parameters = { new NpgsqlParameter { Value = claims } } },
                new(sql),
            },
        };
        await using var rows = await batch.ExecuteReaderAsync();
        await rows.NextResultAsync();
        var ids = new List<Guid>();
        while (await rows.ReadAsync())
            ids.Add(rows.GetGuid(0));
        return ids;
    }
}
