using Overmind.Access;
using Overmind.Errors;
using Overmind.Testing;

namespace Overmind.Tests.Access;

public sealed class AccessViewTests(TestPostgres postgres) : IAsyncLifetime
{
    TestDatabase _database = null!;
    TestTenants _tenants = null!;
    AccessViewService _access = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync();
        _tenants = await TestTenants.CreateAsync(_database);
        _access = new AccessViewService(new AccessViewStore(_database.Database));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task An_admin_sees_what_a_member_sees_and_the_look_is_recorded()
    {
        var (admin, user, other) = (_tenants.First.Admin, _tenants.First.User, _tenants.First.OtherUser);
        await _database.Database.ExecuteAsync(user, "insert into projects (name) values ('Mine')", [], CancellationToken.None);
        (await _access.ViewAsync(admin, user.UserId!.Value, "projects", CancellationToken.None))!.Count.ShouldBe(1);
        (await _access.ViewAsync(admin, user.UserId!.Value, "projects", CancellationToken.None))!.Rows.ShouldHaveSingleItem().ShouldContain("\"Mine\"");
        (await _access.ViewAsync(admin, other.UserId!.Value, "projects", CancellationToken.None))!.Count.ShouldBe(0);
        (await _database.ScalarAsync<long>("select count(*) from audit_logs where event_type = 'access.viewed' and user_id = $1 and metadata ->> 'user_id' = $2", admin.UserId!.Value, user.UserId!.Value.ToString())).ShouldBe(2);
    }

    [Fact]
    public async Task Every_table_can_be_looked_at_and_says_its_policies()
    {
        foreach (var table in await _access.TablesAsync(_tenants.First.Admin, CancellationToken.None))
        {
            var seen = (await _access.ViewAsync(_tenants.First.Admin, _tenants.First.User.UserId!.Value, table, CancellationToken.None))!;
            seen.Rows.ShouldAllBe(row => !row.Contains("password_hash", StringComparison.Ordinal));
            (await _access.PoliciesAsync(_tenants.First.Admin, table, CancellationToken.None)).ShouldNotBeEmpty(table);
        }
    }

    [Fact]
    public async Task Nobody_looks_across_organizations_nor_without_being_an_admin_nor_at_what_is_no_table()
    {
        var user = _tenants.First.User.UserId!.Value;
        (await _access.ViewAsync(_tenants.Second.Admin, user, "projects", CancellationToken.None)).ShouldBeNull();
        foreach (var table in (string[])["nothing", "pg_authid", "projects; drop table projects", "audit_log"])
            (await _access.ViewAsync(_tenants.First.Admin, user, table, CancellationToken.None)).ShouldBeNull(table);
        (await Should.ThrowAsync<OvermindException>(_access.ViewAsync(_tenants.First.User, user, "projects", CancellationToken.None))).Code.ShouldBe(ErrorCode.Forbidden);
        (await Should.ThrowAsync<OvermindException>(async () => await _access.TablesAsync(_tenants.First.Viewer, CancellationToken.None))).Code.ShouldBe(ErrorCode.Forbidden);
    }
}
