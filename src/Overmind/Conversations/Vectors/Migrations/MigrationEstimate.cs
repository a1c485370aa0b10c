namespace Overmind.Conversations.Vectors.Migrations;

/// <summary>What a migration of the embeddings would do.</summary>
/// <param name="From">The active model, as <c>provider/model</c>.</param>
/// <param name="Texts">Texts of active organizations without a vector of the new model.</param>
/// <param name="Tokens">What they come to.</param>
/// <param name="TokensCounted">Whether all texts were counted by the model's own tokenizer; else <paramref name="Tokens"/> is an estimate.</param>
/// <param name="CostUsd">By the price list; 0 for models on machines of one's own, null where the model has no price.</param>
sealed record MigrationEstimate(string From, int FromDimensions, string To, int ToDimensions, long Texts, long Characters, long Tokens, bool TokensCounted, decimal? CostUsd);
