namespace Overmind.Server.Http;

/// <summary>The id that an idempotent request gives to what it makes.</summary>
sealed record IdempotentResource(Guid KeyId, Guid ResourceId);
