using Npgsql;
using Overmind.Access;
using Overmind.Bench.DataSets;
using Overmind.Bench.Floor;
using Overmind.Bench.Load;
using Overmind.Postgres;

namespace Overmind.Bench.Measures;

/// <summary>The API's operations over HTTP, in turn with pgbench running the very batches that they send.</summary>
sealed class HttpMeasure(BenchDatabase database, ServerUnderTest server, DataSet dataSet, BenchOptions options)
{
    const double Warmup = 2;

    readonly IReadOnlyList<Target> _members = Target.Sample(dataSet);

    /// <summary>One client, then sixteen.</summary>
    public async Task<IReadOnlyList<Comparison>> RunAsync(
        HttpOperation operation, CapturedBatch batch, Target captured, IReadOnlyDictionary<(int, int), string> tokens, CancellationToken cancellationToken)
    {
        var scripts = PgbenchScripts.Of(batch, captured, _members);
        var pgbench = new Pgbench(database.BinFolder, database.RequestLogin);
        string[] requests =
        [
            .. Target.Conversations(dataSet).Select(target =>
                operation.Wire(target, server.Url.Authority, tokens[(target.OrganizationNumber, target.MemberNumber)])),
        ];
        var comparisons = new List<Comparison>();
        foreach (var clients in (int[])[1, 16])
        {
            var (measured, floor) = await Rounds.InTurnAsync(
                options.Rounds,
                () => LoadAsync(requests, clients, cancellationToken),
                () => pgbench.RunAsync(scripts, clients, Warmup, options.Seconds / options.Rounds, cancellationToken));
            comparisons.Add(new Comparison(operation.Name, clients, measured.Median, floor.Median)
            {
                LeastRatio = clients == 1 ? null : operation.LeastRatio,
                MostP95 = clients == 1 ? operation.MostP95 : null,
            });
        }
        return comparisons;
    }

    /// <summary>A key of each member, as the API would make it.</summary>
    public static async Task<IReadOnlyDictionary<(int Organization, int Member), string>> KeysAsync(
        BenchDatabase database, DataSet dataSet, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(database.RequestLogin);
        var store = new ApiKeyStore(new Database(source));
        var tokens = new Dictionary<(int, int), string>();
        foreach (var member in Target.Members(dataSet))
        {
            var token = ApiKeyToken.Generate(member.Organization);
            await store.InsertAsync(
                member.Claims, new NewApiKey { Name = "Benchmark", Scopes = ApiKeyScopes.All.Members() }, token, cancellationToken);
            tokens.Add((member.OrganizationNumber, member.MemberNumber), token.Text);
        }
        return tokens;
    }

    async Task<Latencies> LoadAsync(IReadOnlyList<string> requests, int clients, CancellationToken cancellationToken)
    {
        var plan = new LoadPlan(server.Url.Host, server.Url.Port, clients, Warmup, options.Seconds / options.Rounds, requests);
        var result = await LoadProcess.RunAsync(plan, cancellationToken);
        return result.Errors == 0
            ? result.Latencies
            : throw new InvalidOperationException($"{result.Errors} requests failed, the first with {result.FirstError}");
    }
}
