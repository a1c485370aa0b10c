namespace Overmind.Access;

/// <summary>Where a request with an idempotency key stands.</summary>
/// <param name="Id">The key's row.</param>
/// <param name="ResourceId">The id for what the request makes, when it is to be executed; null when another one was before it.</param>
/// <param name="RequestHash">Of the request that used the key first.</param>
/// <param name="Response">Its answer; null while it runs.</param>
public sealed record IdempotencyAttempt(Guid Id, Guid? ResourceId, string RequestHash, StoredResponse? Response);
