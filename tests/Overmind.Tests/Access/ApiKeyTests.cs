using Overmind.Access;
using Overmind.Errors;
using Overmind.Testing;

namespace Overmind.Tests.Access;

public class ApiKeyTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_key_acts_for_its_member_until_it_is_revoked()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var tenant = await TestTenant.CreateAsync(database, "keys");
        var store = new ApiKeyStore(database.Database);
        var service = new ApiKeyService(store, TimeProvider.System);
        var (key, token) = await service.CreateAsync(tenant.User, new NewApiKey { Name = "Mine" }, CancellationToken.None);

        var found = await store.AuthenticateAsync(token, CancellationToken.None);
        found!.Claims.ShouldBe(tenant.User);
        found.Scopes.ShouldBe(ApiKeyScopes.Of(ApiKeyScope.Read));
        (await store.AuthenticateAsync(ApiKeyToken.Generate(tenant.OrganizationId), CancellationToken.None)).ShouldBeNull();

        await service.RevokeAsync(tenant.Admin, key.Id, CancellationToken.None);
        (await store.AuthenticateAsync(token, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_rotated_key_is_good_beside_its_successor_until_its_time_is_over()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var tenant = await TestTenant.CreateAsync(database, "rotated");
        var store = new ApiKeyStore(database.Database);
        var service = new ApiKeyService(store, TimeProvider.System);
        var (old, oldToken) = await service.CreateAsync(tenant.User, new NewApiKey { Name = "Mine", Scopes = [ApiKeyScope.JobsRead] }, CancellationToken.None);

        var (key, token) = await service.RotateAsync(tenant.User, old.Id, TimeSpan.FromHours(1), CancellationToken.None);
        (key.Name, key.Scopes[0], key.ExpiresAt, key.Replaces).ShouldBe(("Mine", ApiKeyScope.JobsRead, null, old.Id));
        foreach (var good in (ApiKeyToken[])[oldToken, token])
            (await store.AuthenticateAsync(good, CancellationToken.None))!.Claims.ShouldBe(tenant.User);
        await database.ExecuteAsync("update api_keys set expires_at = now() where id = $1", old.Id);
        (await store.AuthenticateAsync(oldToken, CancellationToken.None)).ShouldBeNull();
        (await store.AuthenticateAsync(token, CancellationToken.None)).ShouldNotBeNull();

        (await Should.ThrowAsync<OvermindException>(() => service.RotateAsync(tenant.User, old.Id, TimeSpan.Zero, CancellationToken.None))).Code.ShouldBe(ErrorCode.ApiKeyNotRotatable);
        (await Should.ThrowAsync<OvermindException>(() => service.RotateAsync(tenant.Admin, key.Id, TimeSpan.Zero, CancellationToken.None))).Code.ShouldBe(ErrorCode.Forbidden);
        (await Should.ThrowAsync<OvermindException>(() => service.RotateAsync(tenant.OtherUser, key.Id, TimeSpan.Zero, CancellationToken.None))).Code.ShouldBe(ErrorCode.ApiKeyNotFound);
    }

    [Fact]
    public async Task Both_acts_of_a_rotation_are_audited()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var tenant = await TestTenant.CreateAsync(database, "audited");
        var service = new ApiKeyService(new ApiKeyStore(database.Database), TimeProvider.System);
        var (old, _) = await service.CreateAsync(tenant.User, new NewApiKey { Name = "Mine" }, CancellationToken.None);
        await database.ExecuteAsync("delete from audit_logs");
        var (key, _) = await service.RotateAsync(tenant.User, old.Id, TimeSpan.FromHours(1), CancellationToken.None);
        (await database.ScalarAsync<string>(
            """
            select string_agg(concat_ws(' ', event_type, resource_id, user_id, new_values ->> 'replaces'), ',' order by event_type)
            from audit_logs
            """)).ShouldBe($"api_key.created {key.Id} {tenant.User.UserId} {old.Id},api_key.rotated {old.Id} {tenant.User.UserId}");
    }

    [Fact]
    public async Task Keys_from_before_scopes_were_told_apart_keep_all_that_they_could_and_get_no_more()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var tenant = await TestTenant.CreateAsync(database, "before");
        await database.ExecuteAsync("drop trigger audit on api_keys");
        await database.ExecuteAsync(Migration("down.sql"));
        await database.ExecuteAsync("create trigger audit after update of scopes on api_keys for each row execute function overmind.audit_change('api_key', 'scopes')");
        foreach (var (number, scopes) in ((int, string)[])[(1, "[\"read\"]"), (2, "[\"read\", \"write\"]"), (3, "[\"write\", 7]"), (4, "[\"read\", \"admin\"]"), (5, "[]")])
            await database.ExecuteAsync(
                "insert into api_keys (organization_id, user_id, name, key_hash, key_prefix, scopes) values ($1, $2, $3, repeat($3, 64), 'sk_live_1', $4::jsonb)",
                tenant.OrganizationId, tenant.User.UserId!.Value, number.ToString(), scopes);
        await database.ExecuteAsync(Migration("sql"));
        (await database.ScalarAsync<string>("select string_agg(scopes::text, ' ' order by name) from api_keys"))
            .ShouldBe("""["read"] ["read", "write", "run", "admin"] ["write", "run", "admin"] ["read"] []""");
        (await database.ScalarAsync<long>("select count(*) from audit_logs where event_type = 'api_key.updated'")).ShouldBe(3);

        static string Migration(string end) => File.ReadAllText(Directory.GetFiles(Repository.PathOf("db", "migrations"), $"*_access_scopes_and_permissions.{end}").Single());
    }

    [Fact]
    public async Task Uses_are_added_up_in_batches()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var tenant = await TestTenant.CreateAsync(database, "uses");
        var store = new ApiKeyStore(database.Database);
        var service = new ApiKeyService(store, TimeProvider.System);
        var (key, _) = await service.CreateAsync(tenant.User, new NewApiKey { Name = "Mine" }, CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();

        await store.TouchAsync([new(tenant.OrganizationId, key.Id, 3, now)], CancellationToken.None);
        await store.TouchAsync([new(tenant.OrganizationId, key.Id, 4, now.AddHours(-1))], CancellationToken.None);

        var listed = (await service.ListAsync(tenant.User, PageRequest.First, CancellationToken.None)).Items.ShouldHaveSingleItem();
        listed.UsageCount.ShouldBe(7);
        listed.LastUsedAt!.Value.ShouldBe(now, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Only_the_first_of_two_starts_on_an_empty_database_makes_an_organization()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var first = new FirstOrganization(database.Database, new PasswordHasher());
        var made = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => first.CreateAsync("admin@localhost", "secret", CancellationToken.None)));
        var admin = made.OfType<Overmind.Postgres.Claims>().ShouldHaveSingleItem();
        (await first.FindAdminAsync(CancellationToken.None)).ShouldBe(admin);
    }
}
