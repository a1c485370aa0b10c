using Npgsql;
using Overmind.Bench.DataSets;
using Overmind.Bench.Floor;

namespace Overmind.Bench.Measures;

/// <summary>
/// What row-level security costs: the batch as the product sends it, against the same batch sent by the tables' owner, whom the policies
/// do not touch, with their predicates written into each query.
/// </summary>
static class RlsMeasure
{
    public static async Task<Comparison> RunAsync(
        HttpOperation operation, CapturedBatch batch, Target captured, BenchDatabase database, IReadOnlyList<Target> members, BenchOptions options,
        CancellationToken cancellationToken)
    {
        var policies = PgbenchScripts.Of(batch, captured, members);
        var byHand = PgbenchScripts.Of(WithPredicates(batch, captured, database.Owner), captured, members);
        var asRequest = new Pgbench(database.BinFolder, database.RequestLogin);
        var asOwner = new Pgbench(database.BinFolder, database.Owner);
        // Shorter rounds and more of them: the difference looked for is smaller than what a busy machine does to one round.
        var rounds = options.Rounds * 4;
        // Not shorter than what a timer, a checkpoint or a neighbour disturbs.
        var seconds = Math.Max(2, options.Seconds / rounds);
        var (measured, floor) = await Rounds.InTurnAsync(
            rounds,
            () => asRequest.RunAsync(policies, clients: 1, warmupSeconds: 1, seconds, cancellationToken),
            () => asOwner.RunAsync(byHand, clients: 1, warmupSeconds: 1, seconds, cancellationToken));
        return new Comparison(operation.Name, 1, measured.Median, floor.Median, LeastRatio: 0.9);
    }

    static CapturedBatch WithPredicates(CapturedBatch batch, Target member, string owner)
    {
        var role = new NpgsqlConnectionStringBuilder(owner).Username;
        var predicates = $"""
            where organization_id = '{member.Organization}'
            and (user_id = '{member.User}' or visibility = 'organization' or '{member.Role}' = 'admin')
            and
            """;
        return new CapturedBatch([.. batch.Statements.Select(statement => (
            statement.Sql.Replace("where ", predicates + " ", StringComparison.Ordinal),
            (IReadOnlyList<string?>)[.. statement.Parameters.Select(value => value == "authenticated" ? role : value)]))]);
    }
}
