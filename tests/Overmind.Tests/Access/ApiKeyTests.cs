using Overmind.Access;
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
        found.Scopes.ShouldBe([ApiKeyScope.Read]);
        (await store.AuthenticateAsync(ApiKeyToken.Generate(tenant.OrganizationId), CancellationToken.None)).ShouldBeNull();

        await service.RevokeAsync(tenant.Admin, key.Id, CancellationToken.None);
        (await store.AuthenticateAsync(token, CancellationToken.None)).ShouldBeNull();
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
