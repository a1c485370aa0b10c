using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Overmind.Access;
using Overmind.Bench.Load;
using Overmind.Bench.Measures;
using Overmind.Conversations;
using Overmind.Conversations.Vectors;
using Overmind.Jobs;
using Overmind.Models.Embeddings;
using Overmind.Postgres;

namespace Overmind.Bench.Memories;

/// <summary>Memories that are made over HTTP, vectors of what came by SQL, and messages with and without a vector; in an organization of its own beside the data set's.</summary>
static class MemoryWriteMeasure
{
    /// <summary>Some 50 tokens, as the first of them says.</summary>
    const string Message = "What makes a small harbour safe at night? ";

    /// <param name="owner">Connection string of the database's owner.</param>
    public static async Task<MemoryWriteFigures> RunAsync(
        string folder, string owner, Database database, TextEmbedder embedder, BenchOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        var claims = await MemberAsync(database, cancellationToken);
        // The folder is kept from run to run, and the same is remembered once.
        var run = Environment.TickCount & 0xffffff;
        var key = ApiKeyToken.Generate(claims.OrganizationId!.Value);
        await new ApiKeyStore(database).InsertAsync(claims, new NewApiKey { Name = "Benchmark", Scopes = ApiKeyScopes.All.Members() }, key, cancellationToken);
        Latencies[] remembered = new Latencies[2];
        await using (var server = await ServerUnderTest.StartAsync(Path.Combine(folder, "server"), owner, cancellationToken))
            foreach (var (place, clients) in ((int, int)[])[(0, 1), (1, 16)])
            {
                progress($"Remembering over HTTP, {clients} at once");
                var requests = Enumerable.Range(0, 100_000).Select(number => Request(server.Url.Authority, key.Text, $"{MemoryTexts.Of(number)}, {run}-{clients}")).ToList();
                var result = await LoadProcess.RunAsync(new LoadPlan(server.Url.Host, server.Url.Port, clients, 2, options.Seconds, requests), cancellationToken);
                remembered[place] = result.Errors == 0 ? result.Latencies : throw new InvalidOperationException($"{result.Errors} requests failed, the first with {result.FirstError}");
            }

        progress("Appending messages with and without their vectors");
        var with = new ConversationService(new ConversationStore(database), new MessageStore(database), embedder: embedder);
        var without = new ConversationService(new ConversationStore(database), new MessageStore(database));
        var (measured, floor) = await Rounds.InTurnAsync(options.Rounds * 3, () => AppendAsync(with), () => AppendAsync(without));
        progress($"Making the vectors of {MemoryWriteFigures.Embedded:#,0} memories");
        await database.ExecuteAsync(
            claims,
            "insert into memories (memory_type, content, source, visibility, owner_id) select 'semantic', m.content, 'import', 'private', overmind.user_id() from unnest($1) as m (content)",
            [Enumerable.Range(0, MemoryWriteFigures.Embedded).Select(number => $"{MemoryTexts.Of(number)}, {run}").ToArray()], cancellationToken);
        var start = Stopwatch.GetTimestamp();
        await new EmbedTexts(new VectorStore(database), embedder, new EmbedderOptions(), NullLogger<EmbedTexts>.Instance).HandleAsync(new NoPayload(), null!, cancellationToken);
        var embedded = MemoryWriteFigures.Embedded / Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new MemoryWriteFigures(
            remembered[0], remembered[1], embedded,
            new Comparison("append a message with its vector, beside one without", 1, measured.Median, floor.Median, MostP95: MemoryWriteFigures.MostAppendP95));

        async Task<Latencies> AppendAsync(ConversationService conversations)
        {
            var conversation = await conversations.CreateAsync(claims, new NewConversation(), cancellationToken);
            var (milliseconds, watch) = (new List<double>(), Stopwatch.StartNew());
            for (var number = 0; watch.Elapsed.TotalSeconds < options.Seconds / options.Rounds / 3; number++)
            {
                var content = $"{MemoryTexts.Of(number)}. {Message}{Message}{Message}";
                var began = Stopwatch.GetTimestamp();
                await conversations.AppendAsync(claims, conversation.Id, new NewMessage { Content = content }, cancellationToken);
                milliseconds.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            return Latencies.Of(milliseconds, watch.Elapsed.TotalSeconds);
        }
    }

    static async Task<Claims> MemberAsync(Database database, CancellationToken cancellationToken)
    {
        var email = $"{Guid.CreateVersion7():n}@example.test";
        await using var made = await database.SendAsync(
            Claims.Service, [new Statement("select organization_id, user_id from overmind.create_organization('Benchmark', $1, $2, 'bench', null)", email.Split('@')[0], email)], cancellationToken);
        return await made.FindAsync(row => new Claims(row.GetGuid(0), row.GetGuid(1), OrganizationRole.Admin)) ?? throw new InvalidOperationException("There is no organization.");
    }

    static string Request(string host, string token, string content)
    {
        var body = JsonSerializer.Serialize(new { memory_type = "semantic", content });
        return $"POST /v1/memories HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
    }
}
