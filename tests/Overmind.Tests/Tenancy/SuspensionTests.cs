using Overmind.Postgres;
using Overmind.Tests.Postgres;
using Overmind.Tests.Postgres.Isolation;

namespace Overmind.Tests.Tenancy;

public class SuspensionTests(IsolationDatabase data) : IClassFixture<IsolationDatabase>, IAsyncLifetime
{
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await StateAsync("active");

    [Theory]
    [InlineData("suspended")]
    [InlineData("cancelled")]
    [InlineData("deleted")]
    public async Task Every_table_of_an_organization_that_is_not_active_can_be_read_and_not_written(string state)
    {
        await StateAsync(state);
        foreach (var table in data.TenantTables)
        {
            (await data.TryAsync(data.First.Admin, $"select count(*) from {table}")).ShouldNotBeOneOf(["0", "OV002"], table);
            var copy = await data.CopyOfAsync(table, data.First.OrganizationId);
            var insert = $"insert into {table} select * from jsonb_populate_record(null::{table}, $1::jsonb)";
            (await data.TryAsync(data.First.Admin, insert, copy)).ShouldBeOneOf(["OV002", "42501"], table);
            if (table is "token_usage" or "api_keys" || GoesOn(table))
                continue;
            (await data.TryAsync(data.First.Admin, $"delete from {table}")).ShouldBeOneOf(["OV002", "42501"], table);
            // What nobody may change in any state has no such column.
            var columns = await data.ListAsync<string>(
                $"select column_name::text from information_schema.column_privileges where grantee = 'authenticated' and table_name = '{table}' and privilege_type = 'UPDATE' limit 1");
            foreach (var column in columns)
                (await data.TryAsync(data.First.Admin, $"update {table} set {column} = {column}")).ShouldBe("OV002", table);
        }

        (await data.TryAsync(data.First.Admin, "update organizations set name = 'Other'")).ShouldBe("OV002");
        (await data.TryAsync(data.Second.User, "insert into projects (name) values ('Goes on')")).ShouldBe("1");
    }

    [Fact]
    public async Task Every_tenant_table_has_the_guard() =>
        (await data.ListAsync<string>(
            """
            select p.polrelid::regclass::text
            from pg_policy p
            where p.polname = 'tenant_isolation'
              and not exists (select from pg_trigger t where t.tgrelid = p.polrelid and t.tgname = 'refuse_when_suspended')
            order by 1
            """)).Where(table => !GoesOn(table)).ShouldBeEmpty();

    [Fact]
    public async Task What_runs_as_the_owner_is_refused_too()
    {
        await StateAsync("suspended");
        (await data.TryAsync(data.First.User, "select count(*) from overmind.cancel_jobs((select array_agg(id) from jobs))")).ShouldBe("OV002");
        (await data.TryAsync(data.First.Admin with { DatabaseRole = DatabaseRole.ServiceRole }, "select overmind.emit_event('run.failed', '{}')::text::bigint")).ShouldBe("OV002");
    }

    [Fact]
    public async Task A_key_can_be_ended_and_a_call_that_is_under_way_settled()
    {
        await StateAsync("suspended");
        (await data.TryAsync(data.First.User, "update api_keys set is_active = false, revoked_at = now()")).ShouldBe("1");
        (await data.TryAsync(data.First.User, "update token_usage set status = 'settled', settled_at = now()")).ShouldNotBeOneOf("0", "OV002", "42501");
    }

    [Fact]
    public async Task Its_jobs_and_schedules_wait_until_it_is_active_again()
    {
        await data.Database.ExecuteAsync("update schedules set next_run_at = now() - interval '1 minute' where organization_id = $1", data.First.OrganizationId);
        await StateAsync("suspended");
        (await OrganizationsOfAsync("select organization_id from overmind.claim_jobs('{sample}', 'me', 1, 10, interval '1 hour')")).ShouldBe([data.Second.OrganizationId]);
        (await DueAsync()).ShouldBe(0);

        await StateAsync("active");
        (await OrganizationsOfAsync("select organization_id from overmind.claim_jobs('{sample}', 'me', 1, 10, interval '1 hour')")).ShouldBe([data.First.OrganizationId]);
        (await DueAsync()).ShouldBe(2);

        async Task<IEnumerable<Guid>> OrganizationsOfAsync(string sql) => (await data.Database.Database.ListAsync<Guid>(Claims.Service, sql, [], default)).Distinct();

        Task<long> DueAsync() => data.Database.ScalarAsync<long>("select count(*) from overmind.due_schedules(100) d join schedules s on s.id = d.id where s.organization_id = $1", data.First.OrganizationId);
    }

    [Fact]
    public async Task A_member_takes_back_a_cancellation_and_no_suspension()
    {
        (await data.TryAsync(data.First.User, "select count(*) from overmind.change_own_organization('cancelled')")).ShouldBe("0");
        (await data.TryAsync(data.First.Admin, "select count(*) from overmind.change_own_organization('suspended')")).ShouldBe("0");
        (await data.TryAsync(data.First.Admin, "select count(*) from overmind.change_own_organization('cancelled')")).ShouldBe("1");
        (await StatusAsync()).ShouldBe("cancelled");
        (await data.TryAsync(data.First.Admin, "select count(*) from overmind.change_own_organization('active')")).ShouldBe("1");

        await StateAsync("suspended");
        (await data.TryAsync(data.First.Admin, "select count(*) from overmind.change_own_organization('active')")).ShouldBe("0");
        (await StatusAsync()).ShouldBe("suspended");
    }

    [Fact]
    public async Task A_cancelled_organization_is_suspended_when_its_month_is_over()
    {
        await StateAsync("cancelled");
        var ends = await data.Database.ScalarAsync<DateTime>("select ends_at from organizations where id = $1", data.First.OrganizationId);
        ends.ShouldBe(await data.Database.ScalarAsync<DateTime>("select created_at + interval '1 month' from organizations where id = $1", data.First.OrganizationId));
        (await EndAsync(ends.AddSeconds(-1))).ShouldBe(0);
        (await EndAsync(ends)).ShouldBe(1);
        (await StatusAsync()).ShouldBe("suspended");

        Task<int> EndAsync(DateTime now) => data.Database.ScalarAsync<int>("select overmind.end_cancelled_organizations($1)", now);
    }

    Task StateAsync(string state) => data.Database.ExecuteAsync("select overmind.set_organization_state($1, $2)", data.First.OrganizationId, state);

    Task<string> StatusAsync() => data.Database.ScalarAsync<string>("select status from organizations where id = $1", data.First.OrganizationId);

    // What triggers write for calls and acts that are let through; nobody else may write it.
    static bool GoesOn(string table) => ((string[])["audit_", "usage_", "budget_"]).Any(beginning => table.StartsWith(beginning, StringComparison.Ordinal));
}
