namespace Overmind.Server.Http;

/// <summary>Ids of what requests make.</summary>
static class NewResource
{
    /// <summary>The id stored with the request's Idempotency-Key, else a new one.</summary>
    public static Guid NewResourceId(this HttpContext http) => http.Features.Get<IdempotentResource>()?.ResourceId ?? Guid.CreateVersion7();
}
