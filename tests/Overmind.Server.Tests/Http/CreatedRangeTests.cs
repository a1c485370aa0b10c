using System.Text.Json;
using Overmind.Client;

namespace Overmind.Server.Tests.Http;

public class CreatedRangeTests(ApiServers servers)
{
    /// <summary>Each list whose items tell when they were made, and how one is made.</summary>
    static readonly (string List, string Make, string Body)[] Lists =
    [
        ("/v1/agents", "/v1/agents", """{"key":"range-{n}","name":"Range","goal":"Range.","backstory":"Ranges."}"""),
        ("/v1/workflows", "/v1/workflows", """{"key":"range-{n}","name":"Range","agents":["creative"]}"""),
        ("/v1/conversations", "/v1/conversations", "{}"),
        ("/v1/conversations/{conversation}/messages", "/v1/conversations/{conversation}/messages", """{"content":"Hello"}"""),
        ("/v1/runs", "/v1/conversations/{new}/runs", """{"question":"Why?","approve_from_iteration":1}"""),
        ("/v1/runs/{run}/steps/{step}/replays", "/v1/runs/{run}/steps/{step}/replay", """{"model":"offline/offline"}"""),
        ("/v1/api_keys", "/v1/api_keys", """{"name":"Range"}"""),
        ("/v1/model_providers", "/v1/model_providers", """{"kind":"ollama","key":"range-{n}"}"""),
        ("/v1/jobs", "/v1/jobs", """{"kind":"ping","payload":{"message":"Hello"},"run_at":"2099-01-01T00:00:00Z"}"""),
        ("/v1/schedules", "/v1/schedules", """{"name":"Range","kind":"ping","cron":"30 2 * * *"}"""),
        ("/v1/webhook_endpoints", "/v1/webhook_endpoints", """{"url":"https://nowhere.invalid/range"}"""),
        ("/v1/webhook_deliveries", "/v1/webhook_endpoints/{endpoint}/test", "{}"),
    ];

    [Fact]
    public async Task Every_list_is_kept_to_a_range_exactly_to_the_microsecond()
    {
        // Of its own, so that nobody else's test adds to the lists.
        await using var server = await servers.StartAsync();
        var api = server.Admin;
        var run = await api.EndedRunAsync();
        var step = (await api.GetAsync($"/v1/runs/{run.Text("id")}/steps")).Items[0].Text("id");
        var endpoint = (await api.PostAsync("/v1/webhook_endpoints", """{"url":"https://nowhere.invalid/"}""")).Expect(201).Json.GetProperty("webhook_endpoint").Text("id");
        async Task<string> FillAsync(string text) => text.Replace("{conversation}", run.Text("conversation_id")).Replace("{run}", run.Text("id"))
            .Replace("{step}", step).Replace("{endpoint}", endpoint).Replace("{n}", $"{Guid.CreateVersion7():N}")
            .Replace("{new}", text.Contains("{new}") ? (await api.NewConversationAsync()).ToString() : "");
        foreach (var (list, make, body) in Lists)
        {
            for (var n = 0; n < 3; n++)
                (await api.PostAsync(await FillAsync(make), await FillAsync(body))).Status.ShouldBeInRange(200, 202, make);
            await CheckAsync(api, await FillAsync(list));
        }
    }

    [Theory]
    [InlineData("created_at[gte]=yesterday", "created_at[gte]")]
    [InlineData("created_at[gt]=", "created_at[gt]")]
    [InlineData("created_at[lte]=2030-01-31", "created_at[lte]")]
    [InlineData("created_at[lt]=2030-01-31T12:00:00", "created_at[lt]")]
    [InlineData("created_at[lt]=2030-02-31T12:00:00Z", "created_at[lt]")]
    [InlineData("created_at[lt]=2030-01-31T12:00:00+01:00", "created_at[lt]")]
    [InlineData("created_at[lt]=1700000000", "created_at[lt]")]
    [InlineData("created_at=2030-01-31T12:00:00Z", "created_at")]
    [InlineData("created_at[eq]=2030-01-31T12:00:00Z", "created_at[eq]")]
    [InlineData("updated_at[gte]=2030-01-31T12:00:00Z", "updated_at[gte]")]
    [InlineData("created_at[gte]=2030-01-31T12:00:00Z&created_at[gte]=2030-01-31T12:00:00Z", "created_at[gte]")]
    [InlineData("created_at[gte]=2030-01-31T12:00:00Z&created_at[gt]=2030-01-31T12:00:00Z", "created_at[gt]")]
    [InlineData("created_at[lte]=2030-01-31T12:00:00Z&created_at[lt]=2030-01-31T12:00:00Z", "created_at[lte]")]
    public async Task A_range_that_cannot_be_is_refused_by_the_parameter_at_fault(string query, string param)
    {
        foreach (var list in new[] { "/v1/conversations", "/v1/runs", "/v1/jobs", "/v1/model_providers" })
            (await servers.Fast.User.GetAsync($"{list}?{query}")).ExpectProblem(400, "invalid_parameter", param);
    }

    [Theory]
    [InlineData("created_at[gte]=0001-01-01T00:00:00Z&created_at[lte]=9999-12-31T23:59:59.999999999Z", true)]
    [InlineData("created_at[gt]=2000-01-01T00:00:00.000000001%2B01:00", true)]
    [InlineData("created_at[gt]=9999-12-31T23:59:59.9999999Z", false)]
    [InlineData("created_at[lt]=0001-01-01T00:00:00Z", false)]
    [InlineData("created_at[gte]=2999-01-01t00:00:00z", false)]
    public async Task Times_at_the_ends_of_the_calendar_and_of_other_zones_are_times(string query, bool holds)
    {
        await servers.Fast.User.NewConversationAsync();
        (await servers.Fast.User.GetAsync($"/v1/conversations?{query}")).ShouldBeAListOf("conversation").Any().ShouldBe(holds);
    }

    [Fact]
    public async Task What_others_have_published_does_not_tell_when_it_was_made()
    {
        foreach (var list in new[] { "/v1/public_agents", "/v1/public_workflows" })
            (await servers.Fast.User.GetAsync($"{list}?created_at[gte]=2030-01-31T12:00:00Z")).ExpectProblem(400, "invalid_parameter", "created_at[gte]");
    }

    [Fact]
    public async Task The_client_asks_for_a_range_and_pages_through_it()
    {
        var server = servers.Fast;
        var client = new OvermindClient(server.Url, server.User.Key!);
        var made = new List<Conversation>();
        for (var n = 0; n < 5; n++)
            made.Add(await client.Conversations.CreateAsync());
        var page = new Client.PageRequest
        {
            Limit = 2,
            Order = "asc",
            CreatedAt = new() { After = made[0].CreatedAt.ToOffset(TimeSpan.FromHours(5)), Until = made[4].CreatedAt },
        };

        // Others make conversations as this member, too.
        var read = new List<Guid>();
        for (Client.Page<Conversation>? found = null; found is not { HasMore: false }; read.AddRange(found.Items.Select(c => c.Id)))
            found = await client.Conversations.ListAsync(page with { After = found?.LastId });

        read.ShouldBeSubsetOf((await client.Conversations.ListAsync(new() { Limit = 100 })).Items.Select(c => c.Id));
        read.Intersect(made.Select(c => c.Id)).ShouldBe(made.Skip(1).Select(c => c.Id));
    }

    static async Task CheckAsync(Api api, string list)
    {
        var all = await ReadAsync("");
        all.Count.ShouldBeGreaterThan(2, list);
        var times = all.Select(item => item.At).Order().ToList();
        var (first, middle, last) = (times[0], times[times.Count / 2], times[^1]);
        foreach (var at in new[] { first, middle, last })
        {
            (await ReadAsync($"created_at[gte]={at:O}")).ShouldBe(all.Where(item => item.At >= at), list);
            (await ReadAsync($"created_at[gt]={at:O}")).ShouldBe(all.Where(item => item.At > at), list);
            (await ReadAsync($"created_at[lte]={at:O}")).ShouldBe(all.Where(item => item.At <= at), list);
            (await ReadAsync($"created_at[lt]={at:O}")).ShouldBe(all.Where(item => item.At < at), list);
        }
        (await ReadAsync($"created_at[gt]={first:O}&created_at[lte]={last:O}")).ShouldBe(all.Where(item => item.At > first), list);
        (await ReadAsync($"created_at[gte]={last:O}&created_at[lt]={first:O}")).ShouldBeEmpty(list);

        async Task<List<(Guid Id, DateTime At)>> ReadAsync(string range)
        {
            var whole = list == "/v1/model_providers" ? "" : "limit=100&";
            var found = (await api.GetAsync($"{list}?{whole}{range}")).Expect(200);
            return [.. found.Items.Select(item => (item.GetProperty("id").GetGuid(), item.GetProperty("created_at").GetDateTimeOffset().UtcDateTime))];
        }
    }
}
