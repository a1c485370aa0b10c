namespace Overmind.Usage.Cache;

/// <summary>An answer to be kept.</summary>
/// <param name="Question">Null: it is found by its key alone.</param>
/// <param name="Text">All of its text.</param>
/// <param name="Response">As <see cref="CachedAnswer"/> writes it.</param>
sealed record NewAnswer(
    CachedRequest Request, CachePolicy Policy, QuestionVector? Question, string Text, string Response, long TokensInput, long TokensOutput, decimal? Cost, Guid LedgerId);
