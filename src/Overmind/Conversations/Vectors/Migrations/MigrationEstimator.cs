using System.Text.Json.Nodes;
using Overmind.Models;
using Overmind.Models.Embeddings;
using Overmind.Models.Tokens;

namespace Overmind.Conversations.Vectors.Migrations;

/// <summary>Says before it begins what a migration of the embeddings takes.</summary>
sealed class MigrationEstimator(OwnerSql sql)
{
    // Counting the tokens of so many takes about a second.
    const int Sample = 2000;

    public async Task<MigrationEstimate> EstimateAsync(EmbeddingModel to, CancellationToken cancellationToken)
    {
        var active = await sql.FindModelAsync("active", cancellationToken);
        var (texts, characters) = (0L, 0L);
        var lacking = new List<(string Of, string Where)>();
        foreach (var of in EmbedTexts.Tables)
        {
            var where = await sql.OneAsync<string>("select overmind.lacking_vector($1, jsonb_populate_record(null::embedding_models, $2::jsonb))", [of, Row(to)], cancellationToken);
            lacking.Add((of, where));
            var counted = await sql.ListAsync(
                $"select count(*), coalesce(sum(least(length(t.{TextOf(of)}), {TextEmbedder.MostCharacters})), 0)::bigint {From(of, where)}", [],
                row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken);
            (texts, characters) = (texts + counted[0].Item1, characters + counted[0].Item2);
        }

        var (tokens, counts) = await TokensAsync(to.Reference, lacking, texts, characters, cancellationToken);
        var cost = to.Reference.Provider is "builtin" or "onnx" or "ollama" || texts == 0
            ? 0
            : await sql.OneAsync<decimal?>("select estimate_cost_usd($1, $2, $3, 0)", [to.Reference.Model, to.Reference.Provider, tokens], cancellationToken);
        return new MigrationEstimate(active?.Reference.ToString() ?? "", active?.Dimensions ?? 0, to.Reference.ToString(), to.Dimensions, texts, characters, tokens, counts, cost);
    }

    async Task<(long Tokens, bool Counted)> TokensAsync(
        ModelReference model, List<(string Of, string Where)> lacking, long texts, long characters, CancellationToken cancellationToken)
    {
        if (texts == 0)
            return (0, true);
        var (tokens, read) = (0L, 0L);
        foreach (var (of, where) in lacking)
        {
            var sampled = texts <= Sample ? "" : FormattableString.Invariant($" tablesample bernoulli ({Math.Min(100, 100.0 * Sample / texts)})");
            foreach (var text in await sql.ListAsync($"select left(t.{TextOf(of)}, {TextEmbedder.MostCharacters}) {From(of, where, sampled)}", [], row => row.GetString(0), cancellationToken))
                (tokens, read) = (tokens + TokenCount.Of(model, text), read + text.Length);
        }

        // So few were taken that none was met: the usual ratio.
        if (read == 0)
            return (characters / 4, false);
        return texts <= Sample ? (tokens, ModelTokenizers.Find(model) is not null) : ((long)Math.Ceiling(tokens * (characters / (double)read)), false);
    }

    static string TextOf(string of) => of == "conversations" ? "title" : "content";

    static string From(string of, string where, string sampled = "") =>
        $"from {of} t{sampled} join organizations o on o.id = t.organization_id where o.status = 'active' and o.deleted_at is null and {where}";

    static string Row(EmbeddingModel model) => new JsonObject
    {
        ["provider"] = model.Reference.Provider,
        ["model"] = model.Reference.Model,
        ["dimensions"] = model.Dimensions,
    }.ToJsonString();
}
