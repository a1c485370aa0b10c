using Microsoft.Extensions.Logging;
using Npgsql;
using Overmind.Conversations.Vectors;
using Overmind.Errors;
using Overmind.Models.Embeddings;
using Overmind.Postgres;

namespace Overmind.Conversations.Search;

/// <summary>Embeds what is looked for, before the search's transaction. A query is no reason to fail: when there is no vector of it, words alone are looked for.</summary>
public sealed class QueryEmbedder
{
    const string ModelConstraint = "search_model";

    readonly TextEmbedder _embedder;
    readonly ILogger<QueryEmbedder> _logger;

    internal QueryEmbedder(TextEmbedder embedder, ILogger<QueryEmbedder> logger) => (_embedder, _logger) = (embedder, logger);

    /// <summary>Asks with the query's vector, or with none; once more when another model became the active one meanwhile.</summary>
    /// <param name="embedder">Null: there is none.</param>
    internal static async Task<T> AskAsync<T>(
        QueryEmbedder? embedder, Claims claims, string text, SearchMode mode, Func<StoredVector?, Task<T>> ask, CancellationToken cancellationToken)
    {
        for (var again = false; ; again = true)
        {
            var vector = embedder is null ? null : await embedder.EmbedAsync(claims, text, cancellationToken);
            if (vector is null && mode is SearchMode.Semantic)
                throw new OvermindException(ErrorCode.ModelFailed, "The query cannot be embedded now. Search with mode=hybrid or mode=text, which find its words.", "mode");
            try
            {
                return await ask(vector);
            }
            catch (PostgresException refused) when (refused.ConstraintName == ModelConstraint && !again)
            {
                embedder!._embedder.Forget();
            }
        }
    }

    async Task<StoredVector?> EmbedAsync(Claims claims, string text, CancellationToken cancellationToken)
    {
        try
        {
            var (model, vectors) = await _embedder.EmbedAsync(claims, "search", [text], cancellationToken);
            return new StoredVector(model.Reference, vectors[0]);
        }
        catch (EmbeddingException failure)
        {
            _logger.QueryNotEmbedded(failure);
        }
        catch (OvermindException refused) when (refused.Code is ErrorCode.BudgetExceeded)
        {
            _logger.QueryNotEmbedded(refused);
        }

        return null;
    }
}
