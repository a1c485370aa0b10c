using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Overmind.Server.Tests.Agents;

public class RunEventStreamTests(ApiServers servers)
{
    readonly Api api = servers.Fast.User;

    [Fact]
    public async Task The_events_of_a_run_are_numbered_from_zero_and_end_with_its_end()
    {
        var id = await api.NewRunAsync();
        var live = (await api.GetAsync($"/v1/runs/{id}/events")).Expect(200);
        live.Header("Content-Type").ShouldBe("text/event-stream");
        live.Header("Cache-Control").ShouldNotBeNull().ShouldContain("no-cache");
        live.Header("X-Accel-Buffering").ShouldBe("no");
        var events = SentEvent.Parse(live.Text);
        events[0].Number.ShouldBe(0);
        events.Select(e => e.Number).ShouldBeInOrder();
        events.Select(e => e.Number).ShouldBeUnique();
        events.ShouldAllBe(e => e.Id == e.Number.ToString() && e.Data.GetProperty("type").GetString() == e.Type
            && e.Data.GetProperty("run_id").GetGuid() == id);
        events.Where(e => e.Type != "step.delta").Select(e => e.Type).Distinct().ShouldBe(
            ["run.created", "run.started", "iteration.started", "step.started", "step.completed", "iteration.completed", "run.succeeded"]);
        events.Count(e => e.Type is "run.succeeded" or "run.failed" or "run.cancelled").ShouldBe(1);
        var last = events[^1].Data.GetProperty("run").ShouldBeA("run");
        JsonElement.DeepEquals(last, (await api.GetAsync($"/v1/runs/{id}")).Json).ShouldBeTrue();
    }

    [Fact]
    public async Task A_reader_from_the_beginning_on_misses_no_number()
    {
        var slow = servers.Slow.User;
        var id = await slow.NewRunAsync();
        var numbers = new List<long>();
        var types = new HashSet<string>();
        await foreach (var item in EventsAsync(slow, id))
        {
            numbers.Add(item.Number);
            types.Add(item.Type);
            if (numbers.Count >= 25 && types.Contains("step.delta"))
                break;
        }
        numbers.ShouldBe(Enumerable.Range(0, numbers.Count).Select(n => (long)n));
        await slow.PostAsync($"/v1/runs/{id}/cancel");
    }

    [Fact]
    public async Task A_reader_whose_connection_broke_goes_on_where_it_was()
    {
        var slow = servers.Slow.User;
        var id = await slow.NewRunAsync();
        var read = new List<long>();
        for (var connection = 0; connection < 4; connection++)
        {
            var from = read.Count;
            await foreach (var item in EventsAsync(slow, id, read.Count > 0 ? read[^1] : null))
            {
                read.Add(item.Number);
                if (read.Count == from + 8)
                    break;
            }
        }
        read.ShouldBe(Enumerable.Range(0, 32).Select(n => (long)n));
        await slow.PostAsync($"/v1/runs/{id}/cancel");
        await foreach (var item in EventsAsync(slow, id, read[^1]))
        {
            item.Number.ShouldBeGreaterThan(read[^1]);
            read.Add(item.Number);
            if (item.Type.StartsWith("run.", StringComparison.Ordinal))
                item.Type.ShouldBe("run.cancelled");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_gets_what_comes_after_the_number_it_names(bool byHeader)
    {
        var id = (await api.EndedRunAsync()).Text("id");
        var all = SentEvent.Parse((await api.GetAsync($"/v1/runs/{id}/events")).Text);
        var after = all[all.Count / 2].Number;
        var rest = byHeader
            ? await api.GetAsync($"/v1/runs/{id}/events?starting_after=0", ("Last-Event-ID", after.ToString()))
            : await api.GetAsync($"/v1/runs/{id}/events?starting_after={after}");
        SentEvent.Parse(rest.Expect(200).Text).Select(e => e.Number).ShouldBe(all.Select(e => e.Number).Where(n => n > after));
    }

    [Fact]
    public async Task A_reader_that_has_the_last_event_is_told_that_there_are_no_more()
    {
        var id = (await api.EndedRunAsync()).Text("id");
        var last = SentEvent.Parse((await api.GetAsync($"/v1/runs/{id}/events")).Text)[^1].Number;
        (await api.GetAsync($"/v1/runs/{id}/events", ("Last-Event-ID", last.ToString()))).Expect(204).Text.ShouldBeEmpty();
        (await api.GetAsync($"/v1/runs/{id}/events?starting_after={last + 100}")).Expect(204);
    }

    [Theory]
    [InlineData("?starting_after=x", null, "starting_after")]
    [InlineData("?starting_after=-2", null, "starting_after")]
    [InlineData("?after=1", null, "after")]
    [InlineData("", "x", "Last-Event-ID")]
    public async Task A_place_that_is_no_number_is_refused(string query, string? lastEventId, string param)
    {
        var id = (await api.EndedRunAsync()).Text("id");
        (string, string)[] headers = lastEventId is null ? [] : [("Last-Event-ID", lastEventId)];
        (await api.GetAsync($"/v1/runs/{id}/events{query}", headers)).ExpectProblem(400, "invalid_parameter", param);
    }

    /// <summary>The events of one connection, which is dropped where the caller stops reading.</summary>
    static async IAsyncEnumerable<SentEvent> EventsAsync(Api api, Guid run, long? after = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/runs/{run}/events");
        if (after is { } number)
            request.Headers.Add("Last-Event-ID", number.ToString());
        using var response = await api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
            yield return SentEvent.Of(item);
    }
}
