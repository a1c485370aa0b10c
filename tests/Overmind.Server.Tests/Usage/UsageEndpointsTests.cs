using System.Globalization;
namespace Overmind.Server.Tests.Usage;

public sealed class UsageEndpointsTests(ApiServers servers) : IAsyncLifetime
{
    ApiServer _server = null!;

    Guid User => _server.Tenants.First.User.UserId!.Value;

    public async ValueTask InitializeAsync()
    {
        _server = await servers.StartAsync();
        await _server.Database.ExecuteAsync("select overmind.create_past_partitions('2026-01-01')");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_report_has_the_organizations_days_and_what_each_model_cost_in_them()
    {
        (await _server.Admin.PatchAsync("/v1/organization", """{"timezone": "Asia/Tokyo"}""")).Expect(200).Json.GetProperty("timezone").GetString().ShouldBe("Asia/Tokyo");
        await _server.Database.ExecuteAsync("select overmind.rebuild_usage($1)", _server.Tenants.First.OrganizationId);
        await CallAsync("2026-05-04 14:59+00", "gpt-4o", 0.5m);
        await CallAsync("2026-05-04 15:00+00", "gpt-4o", 0.25m);
        await CallAsync("2026-05-04 16:00+00", "gpt-4o-mini", 0.125m);
        await CallAsync("2026-05-05 14:00+00", "unheard-of", null);

        var report = (await _server.Admin.GetAsync("/v1/usage?since=2026-05-04T15:00:00Z&until=2026-05-05T15:00:00Z&group_by=model")).Expect(200).Json;

        report.GetProperty("timezone").GetString().ShouldBe("Asia/Tokyo");
        var day = report.GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        day.GetProperty("start_time").GetDateTimeOffset().ShouldBe(DateTimeOffset.Parse("2026-05-04T15:00:00Z"));
        day.GetProperty("end_time").GetDateTimeOffset().ShouldBe(DateTimeOffset.Parse("2026-05-05T15:00:00Z"));
        day.GetProperty("results").EnumerateArray().Select(result => $"{result.GetProperty("key")} {result.GetProperty("cost_usd")} {result.GetProperty("unpriced_calls")}")
            .ShouldBe(["openai/gpt-4o 0.25 0", "openai/gpt-4o-mini 0.125 0", "openai/unheard-of  1"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&group_by=user")]
    [InlineData("&group_by=model")]
    [InlineData("&group_by=operation")]
    [InlineData("&group_by=project")]
    [InlineData("&bucket_width=1h")]
    [InlineData("&bucket_width=1h&group_by=model")]
    public async Task A_member_reads_what_is_theirs_and_an_admin_all_of_it(string how)
    {
        await CallAsync("2026-05-04 14:59+00", "gpt-4o", 0.5m);
        await CallAsync("2026-05-04 14:59+00", "gpt-4o", 0.25m, _server.Tenants.First.OtherUser.UserId);
        foreach (var _ in (bool[])[false, true])
        {
            (await CostAsync(_server.Admin, how)).ShouldBe(0.75m);
            (await CostAsync(_server.Admin, $"{how}&user_id={User}")).ShouldBe(0.5m);
            (await CostAsync(_server.User, how)).ShouldBe(0.5m);
            (await CostAsync(_server.Stranger, how)).ShouldBe(0);
            await _server.Database.ExecuteAsync("select overmind.fold_usage()");
        }
    }

    [Fact]
    public async Task What_cannot_be_reported_is_refused_with_the_parameter()
    {
        (await _server.Admin.GetAsync("/v1/usage?bucket_width=2d")).ExpectProblem(400, "invalid_parameter", "bucket_width");
        (await _server.Admin.GetAsync("/v1/usage?group_by=colour")).ExpectProblem(400, "invalid_parameter", "group_by");
        (await _server.Admin.GetAsync("/v1/usage?since=yesterday")).ExpectProblem(400, "invalid_parameter", "since");
        (await _server.Admin.GetAsync("/v1/usage?since=2026-05-05T00:00:00Z&until=2026-05-04T00:00:00Z")).ExpectProblem(400, "invalid_parameter", "since");
        (await _server.Admin.GetAsync("/v1/usage?since=2020-05-05T00:00:00Z")).ExpectProblem(400, "invalid_parameter", "since");
        (await _server.Admin.GetAsync("/v1/usage?bucket_width=1h&since=2026-05-05T00:00:00Z&until=2026-06-30T00:00:00Z")).ExpectProblem(400, "invalid_parameter", "since");
        (await _server.Admin.GetAsync("/v1/usage?limit=1")).ExpectProblem(400, "invalid_parameter", "limit");
        (await _server.User.GetAsync($"/v1/usage?user_id={_server.Tenants.First.OtherUser.UserId}")).ExpectProblem(403, "forbidden");
        (await _server.Anonymous.GetAsync("/v1/usage")).ExpectProblem(401, "unauthenticated");
        (await _server.Admin.PatchAsync("/v1/organization", """{"timezone": "Mars/Olympus"}""")).ExpectProblem(422, "invalid_value", "timezone");
    }

    [Fact]
    public async Task Calls_of_a_run_are_reported_by_its_workflow_and_by_the_api_key_that_asked()
    {
        var conversation = (await _server.User.PostAsync("/v1/conversations", "{}")).Expect(201).Json.GetProperty("id").GetString();
        var run = (await _server.User.PostAsync($"/v1/conversations/{conversation}/runs", """{"question": "What is a ledger?"}""")).Expect(202).Json.GetProperty("id").GetGuid();
        await _server.Database.ExecuteAsync(
            """
            insert into token_usage (organization_id, user_id, run_id, provider, model, status, settled_at, tokens_input, cost)
            values ($1, $2, $3, 'openai', 'gpt-4o', 'settled', now(), 100, 1)
            """, _server.Tenants.First.OrganizationId, User, run);
        var key = await _server.Database.ScalarAsync<Guid>("select api_key_id from token_usage where run_id = $1 and cost = 1 and trace_id <> ''", run);

        var workflow = await ResultAsync("workflow", "general-problem-solving");
        var asked = await ResultAsync("api_key", key.ToString());

        (workflow.GetProperty("name").GetString(), workflow.GetProperty("cost_usd").GetString()).ShouldBe(("General Problem Solving", "1"));
        asked.GetProperty("name").GetString().ShouldBe(await _server.Database.ScalarAsync<string>("select name from api_keys where id = $1", key));
        asked.GetProperty("cost_usd").GetString().ShouldBe("1");
    }

    [Fact]
    public async Task Who_cost_more_than_their_tier_allows_is_listed_for_admins_and_for_themselves()
    {
        await _server.Database.ExecuteAsync(
            """
            insert into token_usage (organization_id, user_id, provider, model, status, settled_at, tokens_input, tokens_output, cost)
            values ($1, $2, 'openai', 'gpt-4o', 'settled', now(), 1000, 10, 5.01)
            """, _server.Tenants.First.OrganizationId, User);

        var over = (await _server.Admin.GetAsync("/v1/usage/over_limit")).Expect(200).Json.ShouldBeA("usage.over_limit").GetProperty("data").EnumerateArray().Single();

        (over.GetProperty("user_id").GetGuid(), over.GetProperty("tier_name").GetString(), over.GetProperty("cost_usd").GetString(), over.GetProperty("is_over_limit").GetBoolean())
            .ShouldBe((User, "free", "5.01", true));
        (await _server.User.GetAsync("/v1/usage/over_limit")).Expect(200).Json.GetProperty("data").GetArrayLength().ShouldBe(1);
        (await _server.Admin.GetAsync("/v1/usage/over_limit?limit=1")).ExpectProblem(400, "invalid_parameter", "limit");
    }

    async Task<System.Text.Json.JsonElement> ResultAsync(string grouping, string key) =>
        (await _server.Admin.GetAsync($"/v1/usage?group_by={grouping}")).Expect(200).Json.GetProperty("data").EnumerateArray()
            .SelectMany(bucket => bucket.GetProperty("results").EnumerateArray())
            .Single(result => result.GetProperty("key").GetString() == key);

    static async Task<decimal> CostAsync(Api caller, string how) =>
        (await caller.GetAsync($"/v1/usage?since=2026-05-04T00:00:00Z&until=2026-05-05T00:00:00Z{how}")).Expect(200).Json.GetProperty("data").EnumerateArray()
            .SelectMany(bucket => bucket.GetProperty("results").EnumerateArray())
            .Sum(result => decimal.Parse(result.GetProperty("cost_usd").GetString()!, CultureInfo.InvariantCulture));

    Task CallAsync(string at, string model, decimal? cost, Guid? user = null) => _server.Database.ExecuteAsync(
        """
        insert into token_usage (id, organization_id, user_id, provider, model, status, settled_at, created_at, tokens_input, cost)
        select overmind.uuid_v7_floor(at), $1, $2, 'openai', $4, 'settled', now(), at, 100, $5
        from (select $3::text::timestamptz + random() * interval '1 second' as at) as moment
        """, _server.Tenants.First.OrganizationId, user ?? User, at, model, cost ?? (object)DBNull.Value);
}
