using System.Globalization;
using Npgsql;
using Overmind.Postgres;

namespace Overmind.Usage.Cache;

/// <summary>The SQL of looking answers up and keeping them.</summary>
public sealed class CacheStore(Database database)
{
    const string FindSql = "select entry_id, response, tokens_used, cost, null::double precision, null::text from overmind.find_cached_response($1)";

    const string SimilarSql =
        "select entry_id, response, tokens_used, cost, similarity, question from overmind.find_similar_response($1, $2, $3, $4::vector, $5)";

    const string StoreSql =
        "select overmind.store_cached_response($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11, $12, $13, $14::vector, $15, $16, make_interval(secs => $17), $18)::text";

    const string BeginSql = "select overmind.begin_cached_call($1, $2, $3)";

    const string EndSql = "select overmind.end_cached_call($1, $2)::text";

    internal Task<FoundAnswer?> FindAsync(Claims claims, string key, CancellationToken cancellationToken) =>
        database.FindAsync(Service(claims), new Statement(FindSql, key), Map, cancellationToken);

    /// <summary>Of the most similar questions, the nearest first.</summary>
    internal Task<IReadOnlyList<FoundAnswer>> FindSimilarAsync(Claims claims, string scope, QuestionVector question, double least, CancellationToken cancellationToken) =>
        database.ListAsync(
            Service(claims), new Statement(SimilarSql, scope, question.Model.Provider, question.Model.Model, Text(question.Vector), least), Map, cancellationToken);

    /// <summary>Takes the lease of a call, or renews it, and looks once more whether there is an answer: it may have come in between.</summary>
    internal async Task<(bool Begun, FoundAnswer? Found)> BeginAsync(Claims claims, string key, Guid holder, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(Service(claims), [new(BeginSql, key, holder, lease), new(FindSql, key)], cancellationToken);
        var begun = await results.FindAsync<bool>();
        return (begun, await results.FindAsync(Map));
    }

    internal Task EndAsync(Claims claims, string key, Guid holder, CancellationToken cancellationToken) =>
        database.ExecuteAsync(Service(claims), EndSql, [key, holder], cancellationToken);

    /// <summary>Keeps an answer, and ends the call that others wait for.</summary>
    internal async Task StoreAsync(Claims claims, NewAnswer answer, Guid? holder, CancellationToken cancellationToken)
    {
        var (request, policy, question) = (answer.Request, answer.Policy, answer.Question);
        List<Statement> statements =
        [
            new(
                StoreSql, request.Key, Parameter.Text(request.QuestionDigest), Parameter.Text(request.Scope), request.Model.Provider, request.Model.Model, policy.QualityTier,
                policy.Tags.ToArray(), answer.Text, answer.Response, answer.TokensInput, answer.TokensOutput, Parameter.Numeric(answer.Cost), answer.LedgerId,
                Parameter.Text(question is null ? null : Text(question.Vector)), Parameter.Text(question?.Model.Provider), Parameter.Text(question?.Model.Model),
                (double)policy.TtlSeconds, Parameter.Text(request.Question)),
        ];
        if (holder is { } held) statements.Add(new(EndSql, request.Key, held));
        await using var results = await database.SendAsync(Service(claims), statements, cancellationToken);
        await results.CompleteAsync();
    }

    /// <summary>Deletes a number of answers that have expired, and of old look-ups; how many.</summary>
    internal Task<long> DeleteExpiredAsync(CancellationToken cancellationToken) =>
        database.FindAsync<long>(Claims.Service, "select overmind.delete_expired_cache()", [], cancellationToken);

    /// <summary>Answers serve all members, whoever's they are: what finds them is for the service alone.</summary>
    static Claims Service(Claims claims) => claims with { DatabaseRole = DatabaseRole.ServiceRole };

    static string Text(ReadOnlyMemory<float> vector) =>
        $"[{string.Join(',', vector.ToArray().Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}]";

    static FoundAnswer Map(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetString(1), row.IsDBNull(2) ? 0 : row.GetInt64(2), row.Value<decimal>(3), row.Value<double>(4), row.Text(5));
}
