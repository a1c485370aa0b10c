using Overmind.Errors;

namespace Overmind.Audit;

/// <summary>Which acts of the audit log; a member that is null narrows nothing. When they were done is the page's <see cref="PageRequest.CreatedAt"/>.</summary>
public sealed record AuditLogFilter
{
    /// <summary>All of them.</summary>
    public static AuditLogFilter All { get; } = new();

    /// <summary>Who did it.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The API key it was done with.</summary>
    public Guid? ApiKeyId { get; init; }

    /// <summary>As <c>api_key.created</c>.</summary>
    public string? EventType { get; init; }

    public AuditAction? Action { get; init; }

    /// <summary>As <c>api_key</c>.</summary>
    public string? ResourceType { get; init; }

    public string? ResourceId { get; init; }

    public AuditStatus? Status { get; init; }

    internal void Check()
    {
        foreach (var (name, text) in (ReadOnlySpan<(string, string?)>)[("event_type", EventType), ("resource_type", ResourceType), ("resource_id", ResourceId)])
            if (text?.Contains('\0') == true)
                throw new OvermindException(ErrorCode.InvalidParameter, $"{name} holds a character that no text here has.", name);
    }
}
