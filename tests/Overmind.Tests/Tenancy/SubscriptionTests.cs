using Overmind.Postgres;
using Overmind.Testing;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Tenancy;

public class SubscriptionTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    [Fact]
    public async Task Whoever_joins_has_the_free_tier()
    {
        var made = await data.OneAsync<Guid>(Claims.Service, "select organization_id from overmind.create_organization('Free', 'free', 'free@free.test', 'Free', null)");
        (await data.Owner.ScalarAsync<string>(
            "select t.tier_name from user_subscriptions s join subscription_tiers t on t.id = s.tier_id where s.organization_id = $1", made)).ShouldBe("free");
    }

    [Fact]
    public async Task A_higher_tier_holds_at_once_and_a_lower_one_from_the_next_period()
    {
        var tenant = await TestTenant.CreateAsync(data.Owner, "changes");
        var now = new DateTime(2030, 1, 31, 12, 0, 0, DateTimeKind.Utc);
        await SetAsync("pro", now);
        (await StateAsync(tenant)).ShouldBe("free ended, pro active 2030-01-31 2030-03-02");

        await SetAsync("free", now.AddDays(3));
        (await StateAsync(tenant)).ShouldBe("free ended, pro active 2030-01-31 2030-03-02 then free");
        await SetAsync("pro", now.AddDays(4));
        (await StateAsync(tenant)).ShouldBe("free ended, pro active 2030-01-31 2030-03-02");

        await SetAsync("free", now.AddDays(5));
        (await RollAsync(now.AddDays(29))).ShouldNotContain(tenant.User.UserId!.Value);
        await RollAsync(now.AddDays(30));
        (await StateAsync(tenant)).ShouldBe("free ended, pro ended, free active 2030-03-02 2030-04-01");

        Task SetAsync(string tier, DateTime at) => data.DoAsync(Claims.Service, "select overmind.set_tier($1, $2, $3, $4)", tenant.OrganizationId, tenant.User.UserId, tier, at);
    }

    [Fact]
    public async Task Periods_follow_one_another_whole_however_late_the_job_comes()
    {
        var tenant = await TestTenant.CreateAsync(data.Owner, "rolls");
        var start = new DateTime(2031, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        await data.DoAsync(Claims.Service, "select overmind.set_tier($1, $2, 'pro', $3)", tenant.OrganizationId, tenant.User.UserId, start);
        await RollAsync(start.AddDays(30));
        (await StateAsync(tenant)).ShouldBe("free ended, pro active 2031-01-31 2031-03-02");
        await RollAsync(start.AddDays(30 * 5 + 1));
        (await StateAsync(tenant)).ShouldBe("free ended, pro active 2031-05-31 2031-06-30");
    }

    [Theory]
    [InlineData("2031-01-31T10:00:00Z", "1 month", "2031-02-28T09:59:59Z", "2031-02-28T10:00:00Z")]
    [InlineData("2031-01-31T10:00:00Z", "1 month", "2031-02-28T10:00:00Z", "2031-03-31T10:00:00Z")]
    [InlineData("2001-01-31T10:00:00Z", "1 month", "2051-03-01T00:00:00Z", "2051-03-31T10:00:00Z")]
    [InlineData("2031-01-31T10:00:00Z", "30 days", "2031-01-01T00:00:00Z", "2031-03-02T10:00:00Z")]
    [InlineData("2000-02-29T00:00:00Z", "1 year", "2026-03-01T00:00:00Z", "2027-02-28T00:00:00Z")]
    public async Task A_period_ends_as_it_is_counted_from_the_beginning(string start, string period, string now, string end) =>
        (await data.Owner.ScalarAsync<bool>($"select overmind.period_end('{start}', interval '{period}', '{now}') = '{end}'")).ShouldBeTrue();

    [Fact]
    public async Task One_changes_ones_own_tier_to_what_is_offered()
    {
        var tenant = await TestTenant.CreateAsync(data.Owner, "offers");
        (await data.RefusedAsync(tenant.User, "select overmind.change_tier(overmind.user_id(), 'pro')")).ShouldBe("42501");
        (await data.RefusedAsync(tenant.User, "insert into user_subscriptions (tier_id, current_period_start, current_period_end) select id, now(), now() + period from subscription_tiers where tier_name = 'pro'")).ShouldBe("42501");
        await data.DoAsync(Claims.Service, """select overmind.set_subscription_tier('pro', '{"is_offered": true}')""");
        try
        {
            (await data.OneAsync<long>(tenant.User, "select count(*) from overmind.change_tier(overmind.user_id(), 'pro')")).ShouldBe(1);
            (await data.OneAsync<long>(tenant.User, "select count(*) from overmind.change_tier($1, 'pro')", tenant.OtherUser.UserId)).ShouldBe(0);
            (await data.OneAsync<long>(tenant.Viewer, "select count(*) from overmind.change_tier(overmind.user_id(), 'pro')")).ShouldBe(0);
            (await data.OneAsync<long>(tenant.Admin, "select count(*) from overmind.change_tier($1, 'pro')", tenant.Viewer.UserId)).ShouldBe(1);
            (await data.OneAsync<long>(tenant.Admin, "select count(*) from overmind.change_tier($1, 'pro')", data.Second.User.UserId)).ShouldBe(0);
        }
        finally
        {
            await data.DoAsync(Claims.Service, """select overmind.set_subscription_tier('pro', '{"is_offered": false}')""");
        }
    }

    async Task<IReadOnlyList<Guid>> RollAsync(DateTime now)
    {
        var before = await DueAsync();
        await data.DoAsync(Claims.Service, "select overmind.roll_subscriptions(1000, $1)", now);
        return before;

        Task<IReadOnlyList<Guid>> DueAsync() =>
            data.Requests.ListAsync<Guid>(data.First.Admin, "select user_id from user_subscriptions where status = 'active' and current_period_end <= $1", [now], default);
    }

    Task<string> StateAsync(TestTenant tenant) => data.Owner.ScalarAsync<string>(
        """
        select string_agg(
            concat_ws(' ', t.tier_name, s.status,
                case when s.status = 'active' then to_char(s.current_period_start at time zone 'UTC', 'YYYY-MM-DD') || ' ' || to_char(s.current_period_end at time zone 'UTC', 'YYYY-MM-DD') end,
                'then ' || n.tier_name),
            ', ' order by s.id)
        from user_subscriptions s
        join subscription_tiers t on t.id = s.tier_id
        left join subscription_tiers n on n.id = s.next_tier_id
        where s.user_id = $1
        """, tenant.User.UserId!);
}
