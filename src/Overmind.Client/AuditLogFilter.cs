namespace Overmind.Client;

/// <summary>Which acts of the audit log; what is null does not matter.</summary>
public sealed record AuditLogFilter
{
    /// <summary>Who did it.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The API key it was done with.</summary>
    public Guid? ApiKeyId { get; init; }

    /// <summary>As <c>api_key.created</c>.</summary>
    public string? EventType { get; init; }

    /// <summary>create, read, update, delete, execute, login or logout.</summary>
    public string? Action { get; init; }

    /// <summary>As <c>api_key</c>.</summary>
    public string? ResourceType { get; init; }

    public string? ResourceId { get; init; }

    /// <summary>success or failure.</summary>
    public string? Status { get; init; }

    internal Query AddTo(Query query) => query
        .Add("user_id", UserId).Add("api_key_id", ApiKeyId).Add("event_type", EventType).Add("action", Action)
        .Add("resource_type", ResourceType).Add("resource_id", ResourceId).Add("status", Status);
}
