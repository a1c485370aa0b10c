using Microsoft.Extensions.Logging;
using Overmind.Errors;
using Overmind.Jobs;
using Overmind.Models.Embeddings;
using Overmind.Postgres;

namespace Overmind.Conversations.Vectors;

/// <summary>
/// Makes the vectors of what has none yet: all that is written where a provider embeds, answers of runs, and what came by SQL. When the embedder is down the job
/// fails, and the next one goes on where it stopped.
/// </summary>
[Job("embeddings.embed")]
sealed class EmbedTexts(VectorStore store, TextEmbedder embedder, EmbedderOptions options, ILogger<EmbedTexts> logger) : JobHandler<NoPayload>
{
    // Of a model on this machine: so many that writing them takes longer than asking for them.
    const int LocalBatch = 500;

    public static readonly string[] Tables = ["messages", "conversations", "memories"];

    public override async Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        foreach (var organization in await store.OrganizationsAsync(cancellationToken))
        {
            var claims = new Claims(organization, null, OrganizationRole.Admin) { DatabaseRole = DatabaseRole.ServiceRole };
            try
            {
                foreach (var of in Tables)
                    while (await EmbedNextAsync(claims, of, cancellationToken) > 0) continue;
            }
            catch (OvermindException refused) when (refused.Code is ErrorCode.BudgetExceeded)
            {
                logger.TextsNotEmbedded(refused, organization);
            }
        }
    }

    /// <summary>How many were kept. None: there are no more, or all of the next ones were changed meanwhile and wait for the next job.</summary>
    async Task<int> EmbedNextAsync(Claims claims, string of, CancellationToken cancellationToken)
    {
        var model = await embedder.OpenAsync(cancellationToken);
        var texts = await store.NextAsync(claims, of, TextEmbedder.IsRemote(model) ? options.BatchSize : LocalBatch, TextEmbedder.MostCharacters, cancellationToken);
        if (texts.Count == 0)
            return 0;
        var vectors = await embedder.EmbedAsync(claims, model, "embedding_of_" + of, [.. texts.Select(text => text.Text)], cancellationToken);
        return await store.KeepAsync(claims, of, texts, model.Reference, vectors, cancellationToken);
    }
}
