using Overmind.Postgres;
using Overmind.Testing;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Usage;

/// <summary>What the views of usage show, and to whom.</summary>
public sealed class UsageMetricsTests(TestPostgres postgres) : IAsyncLifetime
{
    readonly RoutineDatabase _data = new(postgres);

    Guid Organization => _data.First.OrganizationId;

    public async ValueTask InitializeAsync()
    {
        await _data.InitializeAsync();
        await _data.Owner.ExecuteAsync("select overmind.create_past_partitions('2026-01-01')");
    }

    public ValueTask DisposeAsync() => _data.DisposeAsync();

    [Theory]
    [InlineData("2026-03-29", 23)]
    [InlineData("2026-10-25", 25)]
    [InlineData("2026-06-01", 24)]
    public async Task A_day_is_the_organizations_and_has_as_many_hours_as_its_clocks_say(string date, int hours)
    {
        await ZoneAsync("Europe/Berlin");
        await _data.Owner.ExecuteAsync(
            """
            insert into token_usage (id, organization_id, provider, model, status, settled_at, created_at, tokens_input)
            select overmind.uuid_v7(), $1, 'openai', 'gpt-4o', 'settled', now(), at, 1
            from generate_series($2::date::timestamp - interval '1 day', $2::date::timestamp + interval '2 days', interval '1 hour') as at
            """, Organization, DateOnly.Parse(date));

        await BothAsync(async () => (await _data.Owner.ScalarAsync<decimal>(
            "select total_tokens from token_usage_daily where organization_id = $1 and date = $2", Organization, DateOnly.Parse(date))).ShouldBe(hours));
    }

    [Fact]
    public async Task The_peak_of_a_day_is_its_hour_with_most_tokens_by_the_organizations_clock()
    {
        await ZoneAsync("Asia/Kolkata");
        await CallAsync("2026-05-04 20:10+00", 100);
        await CallAsync("2026-05-05 03:10+00", 70);
        await CallAsync("2026-05-05 03:25+00", 70, operation: "embedding");
        await CallAsync("2026-05-05 18:40+00", 1000);

        await BothAsync(async () => (await _data.Owner.ScalarAsync<string>(
            """
            select concat_ws(' ', total_tokens, hourly_peak, peak_hour, operation_breakdown #>> '{chat,tokens}', operation_breakdown #>> '{embedding,calls}')
            from token_usage_daily
            where organization_id = $1 and date = '2026-05-05'
            """, Organization)).ShouldBe("240 140 8 170 1"));
    }

    [Fact]
    public async Task Half_of_an_hour_of_UTC_belongs_to_each_of_two_days_where_the_zone_begins_them_so()
    {
        await ZoneAsync("Asia/Kolkata");
        await CallAsync("2026-05-04 18:29+00", 1);
        await CallAsync("2026-05-04 18:30+00", 2);

        await BothAsync(async () => (await _data.Owner.ScalarAsync<string>(
            "select string_agg(date || ' ' || total_tokens, ', ' order by date) from token_usage_daily where organization_id = $1", Organization))
            .ShouldBe("2026-05-04 1, 2026-05-05 2"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Percentiles_are_within_five_percent_of_the_calls_own(int seed)
    {
        var random = new Random(seed);
        var latencies = Enumerable.Range(0, 400).Select(_ => (int)Math.Exp(random.NextDouble() * 10) + 1).Order().ToArray();
        await _data.Owner.ExecuteAsync(
            """
            insert into token_usage (organization_id, provider, model, status, settled_at, latency_ms)
            select $1, 'openai', 'gpt-4o', 'settled', now(), latency
            from unnest($2::integer[]) as latency
            """, Organization, latencies);

        var expected = latencies[(int)Math.Ceiling(0.95 * latencies.Length) - 1];
        await BothAsync(async () => ((double)await _data.Owner.ScalarAsync<int>(
            "select max(p95_latency_ms) from usage_metrics where organization_id = $1 and dimension = 'organization' and metric_hour is null and metric_date = (select max(metric_date) from usage_metrics)", Organization))
            .ShouldBe(expected, 0.05 * expected + 1));
    }

    [Fact]
    public async Task A_cost_that_nobody_knows_is_null_and_counted_and_never_zero()
    {
        await CallAsync("2026-05-05 03:10+00", 70);
        (await MetricAsync("concat_ws(' ', estimated_cost_usd, call_count, unpriced_call_count)")).ShouldBe("1 1");

        await _data.Owner.ExecuteAsync("update token_usage set cost = 0.00000000012 where organization_id = $1", Organization);
        (await MetricAsync("concat_ws(' ', estimated_cost_usd, call_count, unpriced_call_count)")).ShouldBe("0.00000000012 1 0");

        await _data.Owner.ExecuteAsync("update token_usage set currency = 'EUR' where organization_id = $1", Organization);
        (await MetricAsync("concat_ws(' ', estimated_cost_usd, call_count, unpriced_call_count)")).ShouldBe("1 0");
    }

    [Fact]
    public async Task Messages_and_runs_are_counted_and_stay_so_when_they_go()
    {
        var conversation = await _data.ConversationAsync(_data.Me);
        var question = await _data.MessageAsync(_data.Me, conversation);
        var run = await _data.OneAsync<Guid>(_data.Me, "insert into workflow_runs (conversation_id, question_message_id) values ($1, $2) returning id", conversation, question);
        await _data.Owner.ExecuteAsync("update workflow_runs set status = 'running', n2_iterations = 2, best_score = 7 where id = $1", run);
        (await MetricAsync("concat_ws(' ', query_count, message_count, n2_trigger_count, error_count, avg_quality_score)")).ShouldBe("1 1 0 0");

        await _data.Owner.ExecuteAsync("update workflow_runs set status = 'failed', completed_at = now() where id = $1", run);
        (await MetricAsync("concat_ws(' ', query_count, message_count, n2_trigger_count, error_count, avg_quality_score)")).ShouldBe("1 1 1 1 7");

        await _data.Owner.ExecuteAsync("update workflow_runs set status = 'queued', completed_at = null where id = $1", run);
        await _data.Owner.ExecuteAsync("update workflow_runs set status = 'succeeded', completed_at = now(), best_score = 9 where id = $1", run);
        (await MetricAsync("concat_ws(' ', query_count, message_count, n2_trigger_count, error_count, avg_quality_score)")).ShouldBe("1 1 1 0 9");

        await _data.Owner.ExecuteAsync("delete from conversations where id = $1", conversation);
        await BothAsync(async () => (await MetricAsync("concat_ws(' ', query_count, message_count, n2_trigger_count, error_count, avg_quality_score)")).ShouldBe("1 1 1 0 9"));
    }

    [Fact]
    public async Task A_member_sees_what_they_used_and_an_admin_what_all_did()
    {
        await CallAsync("2026-05-05 03:10+00", 70, user: _data.First.User.UserId);
        await CallAsync("2026-05-05 03:10+00", 30, user: _data.First.OtherUser.UserId);

        await BothAsync(async () =>
        {
            (await SeenAsync(_data.First.Admin, "organization")).ShouldBe(100);
            (await SeenAsync(_data.First.Admin, "user")).ShouldBe(100);
            (await SeenAsync(_data.First.User, "user")).ShouldBe(70);
            (await SeenAsync(_data.First.User, "organization")).ShouldBe(0);
            (await SeenAsync(_data.Second.Admin, "organization")).ShouldBe(0);
            (await _data.OneAsync<decimal>(_data.First.User, "select total_tokens from organization_usage")).ShouldBe(70);
            (await _data.OneAsync<decimal>(_data.First.Admin, "select total_tokens from organization_usage")).ShouldBe(100);
        });

        Task<decimal> SeenAsync(Claims claims, string dimension) => _data.OneAsync<decimal>(
            claims, "select coalesce(sum(token_count), 0) from usage_metrics where dimension = $1 and metric_hour is null", dimension);
    }

    [Fact]
    public async Task A_call_of_a_suspended_organization_is_settled_and_summed()
    {
        var call = await _data.OneAsync<Guid>(_data.Me, "insert into token_usage (provider, model) values ('openai', 'gpt-4o') returning id");
        await _data.Owner.ExecuteAsync("update organizations set status = 'suspended', suspended_at = now() where id = $1", Organization);

        (await _data.DoAsync(_data.Me, "update token_usage set status = 'settled', settled_at = now(), tokens_input = 5 where id = $1", call)).ShouldBe(1);

        await BothAsync(async () => (await MetricAsync("token_count::text")).ShouldBe("5"));
    }

    [Fact]
    public async Task The_report_of_the_month_tells_who_is_above_the_limit_of_their_tier()
    {
        await _data.Owner.ExecuteAsync(
            """
            update user_subscriptions
            set tier_id = (select id from subscription_tiers where tier_name = 'pro')
            where organization_id = $1 and user_id = $2
            """, Organization, _data.First.Admin.UserId!);
        foreach (var (member, cost) in new[] { (_data.First.Admin, 50.01m), (_data.First.User, 5.01m), (_data.First.OtherUser, 5m) })
            await _data.Owner.ExecuteAsync(
                "insert into token_usage (organization_id, user_id, provider, model, status, settled_at, cost) values ($1, $2, 'openai', 'gpt-4o', 'settled', now(), $3)", Organization, member.UserId!, cost);

        await BothAsync(async () => (await _data.OneAsync<string>(
            _data.First.Admin, "select string_agg(concat_ws(' ', tier_name, total_cost_usd, usage_status), ', ' order by total_cost_usd desc) from monthly_cost_report"))
            .ShouldBe("pro 50.01 HIGH_USAGE, free 5.01 OVER_LIMIT, free 5 NORMAL"));
    }

    /// <summary>Before and after what is pending is folded.</summary>
    async Task BothAsync(Func<Task> look)
    {
        await look();
        await _data.Owner.ExecuteAsync("select overmind.fold_usage()");
        await look();
    }

    async Task ZoneAsync(string zone)
    {
        await _data.Owner.ExecuteAsync("update organizations set timezone = $2 where id = $1", Organization, zone);
        await _data.Owner.ExecuteAsync("select overmind.rebuild_usage($1)", Organization);
    }

    Task CallAsync(string at, int tokens, string operation = "chat", Guid? user = null) => _data.Owner.ExecuteAsync(
        """
        insert into token_usage (organization_id, user_id, provider, model, status, settled_at, created_at, tokens_input, operation)
        values ($1, $2, 'openai', 'gpt-4o', 'settled', now(), $3::text::timestamptz, $4, $5)
        """, Organization, user ?? (object)DBNull.Value, at, tokens, operation);

    Task<string> MetricAsync(string columns) => _data.Owner.ScalarAsync<string>(
        $"select string_agg({columns}, ', ') from usage_metrics where organization_id = $1 and dimension = 'organization' and metric_hour is null", Organization);
}
