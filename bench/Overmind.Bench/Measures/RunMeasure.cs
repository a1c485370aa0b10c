using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Overmind.Agents;
using Overmind.Bench.DataSets;
using Overmind.Bench.Floor;
using Overmind.Conversations;
using Overmind.Models;
using Overmind.Postgres;

namespace Overmind.Bench.Measures;

/// <summary>
/// What a run of six agents takes when its ten model calls an iteration take nothing: from the question to the terminal event in the
/// reader's hands, one run after the other, each in a new conversation. Its floor is as many small commits through pgbench.
/// </summary>
static class RunMeasure
{
    // Until the code is compiled as a server that has run for a while has it: after 30 runs the first measure took twice as long as the second.
    const int Warmup = 500;

    /// <param name="mostP95">The aim, in milliseconds.</param>
    /// <param name="scores">Of its iterations; only the last may reach the threshold.</param>
    public static async Task<RunOverhead> RunAsync(
        BenchDatabase bench, BenchOptions options, double mostP95, double[] scores, CancellationToken cancellationToken)
    {
        await using var database = await OvermindDatabase.OpenAsync(new OvermindDatabaseOptions { ConnectionString = bench.Owner }, cancellationToken);
        var model = new InstantModel(scores);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(new ChatModels(new Dictionary<string, Func<string, IChatClient?>> { [ModelReference.Offline.Provider] = _ => model }));
        builder.Services.AddDatabase(database).AddOvermind();
        using var host = builder.Build();
        await host.StartAsync(cancellationToken);
        var member = new Target(1, 1, 1);
        await ExecuteAsync(bench.Owner, $"select overmind.seed_organization('{member.Organization}')", cancellationToken);

        var milliseconds = new List<double>();
        var commits = 0L;
        var watch = new Stopwatch();
        for (var run = -Warmup; run < 0 || watch.Elapsed.TotalSeconds < options.Seconds; run++)
        {
            if (run == 0)
            {
                commits = await CommitsAsync(bench.Owner, cancellationToken);
                watch.Start();
            }
            var took = await AskAsync(host.Services, member.Claims, scores.Length, cancellationToken);
            if (run >= 0)
                milliseconds.Add(took);
        }
        watch.Stop();
        var transactions = (double)(await CommitsAsync(bench.Owner, cancellationToken) - commits) / milliseconds.Count;
        await host.StopAsync(cancellationToken);

        var commit = await new Pgbench(bench.BinFolder, bench.RequestLogin).RunAsync(SmallCommit(member), clients: 1, warmupSeconds: 1, options.Seconds / 2, cancellationToken);
        return new RunOverhead(scores.Length, mostP95, Latencies.Of(milliseconds, watch.Elapsed.TotalSeconds), transactions, commit);
    }

    static async Task<double> AskAsync(IServiceProvider services, Claims claims, int iterations, CancellationToken cancellationToken)
    {
        var conversation = await services.GetRequiredService<ConversationService>().CreateAsync(claims, new NewConversation(), cancellationToken);
        var runs = services.GetRequiredService<RunService>();
        var start = Stopwatch.GetTimestamp();
        var run = await runs.CreateAsync(claims, conversation.Id, "What holds a plan together?", new RunOptions { MaxN2Iterations = iterations }, cancellationToken);
        RunEvent? last = null;
        await foreach (var happened in runs.EventsAsync(claims, run.Id, -1, cancellationToken))
            last = happened;
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return last?.Type == RunEventTypes.RunSucceeded ? took : throw new InvalidOperationException($"A run ended with {last?.Type}.");
    }

    static PgbenchScripts SmallCommit(Target member) => new(
        [
            $"""
            \startpipeline
            select set_config('role', 'authenticated', true), set_config('app.current_org_id', '{member.Organization}', true),
                set_config('app.current_user_id', '{member.User}', true), set_config('app.current_org_role', '{member.Role}', true);
            update conversations set folder = 'bench' where id = '{member.Conversation}';
            \endpipeline

            """,
        ],
        new Dictionary<string, string>());

    // The conversation's creation is not counted as part of the run.
    static async Task<long> CommitsAsync(string owner, CancellationToken cancellationToken) =>
        (long)(await ExecuteAsync(owner, "select xact_commit from pg_stat_database where datname = current_database()", cancellationToken))!;

    static async Task<object?> ExecuteAsync(string owner, string sql, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(owner);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
