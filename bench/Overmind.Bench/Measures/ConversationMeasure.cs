using System.Diagnostics;
using Npgsql;
using Overmind.Access;
using Overmind.Conversations;
using Overmind.Postgres;
using Overmind.Postgres.Embedded;

namespace Overmind.Bench.Measures;

/// <summary>What it costs that windows are pruned as messages are appended, and how a page of a branch depends on what is before it. By the services that the server uses, one call after the other.</summary>
static class ConversationMeasure
{
    const int Few = 10;
    const int Many = 10_000;
    const int Forks = 50;

    /// <summary>Some 50 tokens: a window of 2,000 is pruned at each tenth message or so.</summary>
    static readonly string Text = string.Concat(Enumerable.Repeat("What makes a small harbour safe at night? ", 5));

    public static async Task<(IReadOnlyList<Comparison> Comparisons, string PostgresVersion)> RunAsync(
        string folder, BenchOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder, Log = progress }, cancellationToken);
        await using var opened = await OvermindDatabase.OpenAsync(new OvermindDatabaseOptions { ConnectionString = postgres.OwnerConnectionString }, cancellationToken);
        var database = new Database(opened.Requests);
        var first = new FirstOrganization(database, new PasswordHasher());
        var claims = await first.CreateAsync("bench@example.test", "bench", cancellationToken) ?? (await first.FindAdminAsync(cancellationToken))!;
        var conversations = new ConversationService(new ConversationStore(database), new MessageStore(database));
        var branches = new BranchService(new BranchStore(database));

        var comparisons = new List<Comparison>();
        foreach (var strategy in (PruneStrategy[])[PruneStrategy.Fifo, PruneStrategy.SlidingWindow])
        {
            progress($"Appending to windows that are pruned ({strategy})");
            var (pruned, plain) = await Rounds.InTurnAsync(options.Rounds, () => AppendAsync(new NewConversation { MaxContextTokens = 2_000, AutoPrune = true, PruneStrategy = strategy }), () => AppendAsync(new NewConversation()));
            comparisons.Add(new Comparison($"append to a full window, pruned by {LowerSnake.Write(strategy)}", 1, pruned.Median, plain.Median));
        }

        progress($"Writing branches of {Few} and {Many:#,0} messages");
        var (shallow, _) = await BranchAsync(Few, forks: 1);
        var (deep, middle) = await BranchAsync(Many, forks: 1);
        var (forked, _) = await BranchAsync(Many, Forks);
        progress("Pages of branches");
        foreach (var (name, conversation, page) in ((string, Guid, PageRequest)[])
        [
            ($"the last 20 of {Many:#,0}", deep, PageRequest.First),
            ($"20 in the middle of {Many:#,0}", deep, PageRequest.First with { After = middle }),
            ($"the last 20 of {Many:#,0}, behind {Forks} forks", forked, PageRequest.First),
        ])
        {
            var (measured, floor) = await Rounds.InTurnAsync(options.Rounds * 2, () => PageAsync(conversation, page), () => PageAsync(shallow, PageRequest.First with { Limit = Few }));
            comparisons.Add(new Comparison($"a page of a branch: {name}", 1, measured.Median, floor.Median, MostP95: 10));
        }

        await using var source = NpgsqlDataSource.Create(postgres.OwnerConnectionString);
        await using var version = source.CreateCommand("select split_part(current_setting('server_version'), ' ', 1)");
        return (comparisons, (string)(await version.ExecuteScalarAsync(cancellationToken))!);

        async Task<Latencies> AppendAsync(NewConversation made)
        {
            var conversation = await conversations.CreateAsync(claims, made, cancellationToken);
            return await RoundAsync(async () => await conversations.AppendAsync(claims, conversation.Id, new NewMessage { Content = Text }, cancellationToken));
        }

        Task<Latencies> PageAsync(Guid conversation, PageRequest page) => RoundAsync(async () =>
        {
            var read = await conversations.ListMessagesAsync(claims, conversation, page, cancellationToken);
            if (read.Items.Count != page.Limit) throw new InvalidOperationException($"A page has {read.Items.Count} messages.");
        });

        async Task<Latencies> RoundAsync(Func<Task> act)
        {
            for (var warm = Stopwatch.StartNew(); warm.Elapsed.TotalSeconds < 1;) await act();
            var (milliseconds, watch) = (new List<double>(), Stopwatch.StartNew());
            while (watch.Elapsed.TotalSeconds < options.Seconds / options.Rounds)
            {
                var start = Stopwatch.GetTimestamp();
                await act();
                milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            return Latencies.Of(milliseconds, watch.Elapsed.TotalSeconds);
        }

        // What is read is the active branch, the last of the forks; each shares all that came before it. Returns a message in the middle, too.
        async Task<(Guid Conversation, Guid Middle)> BranchAsync(int messages, int forks)
        {
            var conversation = (await conversations.CreateAsync(claims, new NewConversation(), cancellationToken)).Id;
            var halfway = Guid.Empty;
            for (var fork = 0; fork < forks; fork++)
            {
                // In parts: each row counts itself on its conversation's, and what one transaction has written there it reads each time.
                for (var written = 0; written < messages / forks; written += 100)
                    await database.ExecuteAsync(
                        claims, "insert into messages (conversation_id, role, content) select $1, 'user', $2 from generate_series(1, $3)",
                        [conversation, Text, Math.Min(100, (messages / forks) - written)], cancellationToken);
                var last = (await conversations.ListMessagesAsync(claims, conversation, PageRequest.First with { Limit = 1 }, cancellationToken)).Items[0];
                await branches.ForkAsync(claims, conversation, last.Id, cancellationToken);
                halfway = await database.FindAsync<Guid>(claims, "select id from messages where conversation_id = $1 and seq = $2", [conversation, last.Seq / 2], cancellationToken);
            }

            return (conversation, halfway);
        }
    }
}
