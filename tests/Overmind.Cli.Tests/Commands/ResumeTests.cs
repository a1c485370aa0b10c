using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using Overmind.Client;
using Overmind.Postgres.Embedded;
using Overmind.Testing;

namespace Overmind.Cli.Tests.Commands;

/// <summary>Two servers on one database: the one that tells a run, and works on it, is killed, and the other goes on.</summary>
public sealed class ResumeTests(TestPostgres postgres) : IAsyncDisposable
{
    readonly TemporaryInstance first = new();
    readonly TemporaryInstance second = new();

    [Fact]
    public async Task A_reader_goes_on_at_another_node_and_after_a_restart()
    {
        var variables = new Dictionary<string, string>
        {
            ["OVERMIND_DATABASE_URL"] = await postgres.CreateEmptyDatabaseAsync(),
            // A run lasts a few seconds, so that there is a middle to kill it in.
            ["OVERMIND_OFFLINE_TOKENS_PER_SECOND"] = "400",
        };
        using var one = await OvermindProcess.UpAsync(first.Data, variables);
        var run = await AskAsync(one);
        var read = await ReadAsync(one, first.Data, run, after: null, until: item => item.EventType == "step.delta");
        one.Signal(Posix.Kill);
        await one.EndAsync();

        using var other = await OvermindProcess.UpAsync(second.Data, variables);
        var rest = await ReadAsync(other, second.Data, run, read[^1], until: _ => false);
        rest[0].ShouldBeGreaterThan(read[^1]);
        rest.ShouldBeInOrder(SortDirection.Ascending);
        rest.ShouldBeUnique();
        var ended = await ClientOf(other, second.Data).Runs.GetAsync(run);
        ended.Status.ShouldBe("succeeded");

        // What the killed node had told is told again by it when it is back: the events are the database's.
        using var again = await OvermindProcess.UpAsync(first.Data, variables);
        var kept = await ReadAsync(again, first.Data, run, after: null, until: _ => false);
        kept[^1].ShouldBe(rest[^1]);
        (await ReadAsync(again, first.Data, run, after: kept[^2], until: _ => false, byHeader: false)).ShouldBe([kept[^1]]);
        await again.StopAsync();
        await other.StopAsync();
    }

    [Fact]
    public async Task The_client_goes_on_by_itself_when_its_server_is_killed()
    {
        var variables = new Dictionary<string, string>
        {
            ["OVERMIND_DATABASE_URL"] = await postgres.CreateEmptyDatabaseAsync(),
            ["OVERMIND_OFFLINE_TOKENS_PER_SECOND"] = "400",
        };
        var killed = await OvermindProcess.UpAsync(first.Data, variables);
        var url = Url(killed);
        var run = await AskAsync(killed);
        OvermindProcess? again = null;
        var numbers = new List<long>();
        RunEvent? last = null;
        await foreach (var happened in ClientOf(killed, first.Data).Runs.StreamAsync(run))
        {
            numbers.Add(happened.SequenceNumber);
            last = happened;
            if (again is not null || happened.Type != "step.delta")
                continue;
            killed.Signal(Posix.Kill);
            await killed.EndAsync();
            // Where it was, as behind a load balancer.
            again = await OvermindProcess.UpAsync(first.Data, new Dictionary<string, string>(variables) { ["OVERMIND_PORT"] = url.Port.ToString() }, port: null);
        }
        again.ShouldNotBeNull();
        last!.Type.ShouldBe("run.succeeded");
        numbers.ShouldBeInOrder(SortDirection.Ascending);
        numbers.ShouldBeUnique();
        await again.StopAsync();
        again.Dispose();
        killed.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    static Uri Url(OvermindProcess up) => new(up.Output.Split(' ')[^1]);

    static string Key(string data) => File.ReadAllText(Path.Combine(data, "cli-key")).Trim();

    static OvermindClient ClientOf(OvermindProcess up, string data) => new(Url(up), Key(data));

    async Task<Guid> AskAsync(OvermindProcess up)
    {
        var client = ClientOf(up, first.Data);
        var conversation = await client.Conversations.CreateAsync();
        return (await client.Runs.CreateAsync(conversation.Id, new NewRun { Question = "How is a light kept burning?", MaxN2Iterations = 1 })).Id;
    }

    /// <summary>The numbers of the events of one connection, to its end or to the first that is as asked.</summary>
    static async Task<List<long>> ReadAsync(
        OvermindProcess up, string data, Guid run, long? after, Func<SseItem<string>, bool> until, bool byHeader = true)
    {
        using var http = new HttpClient { BaseAddress = Url(up) };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/runs/{run}/events{(byHeader || after is null ? "" : $"?starting_after={after}")}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key(data));
        if (byHeader && after is { } number)
            request.Headers.Add("Last-Event-ID", number.ToString());
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var numbers = new List<long>();
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            numbers.Add(long.Parse(item.EventId!));
            if (until(item))
                break;
        }
        return numbers;
    }
}
