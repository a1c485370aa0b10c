namespace Overmind.Usage.Cache;

/// <summary>An answer that is there.</summary>
/// <param name="Response">As <see cref="CachedAnswer"/> writes it.</param>
/// <param name="Question">The question that was similar.</param>
/// <param name="Similarity">Of the questions; null: it is the same request.</param>
sealed record FoundAnswer(Guid EntryId, string Response, long TokensUsed, decimal? Cost, double? Similarity, string? Question);
