namespace Overmind.Audit;

/// <summary>An act in the audit log.</summary>
public sealed record AuditLog
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>audit_log</c>.</summary>
    public string Object { get; } = "audit_log";

    /// <summary>The member who did it; null: nobody who was signed in.</summary>
    public Guid? UserId { get; init; }

    /// <summary>How the member is called; null when that is not known.</summary>
    public string? UserName { get; init; }

    /// <summary>The API key it was done with; null: none.</summary>
    public Guid? ApiKeyId { get; init; }

    /// <summary>What happened: <c>api_key.created</c>.</summary>
    public required string EventType { get; init; }

    public required AuditAction Action { get; init; }

    /// <summary>What it was done to: <c>api_key</c>.</summary>
    public required string ResourceType { get; init; }

    /// <summary>Which one; null when there is one alone, or it is not known.</summary>
    public string? ResourceId { get; init; }

    public required AuditStatus Status { get; init; }

    /// <summary>What was changed, as it was: a JSON object without secrets, or null.</summary>
    public required JsonText OldValues { get; init; }

    /// <summary>The same as it is since.</summary>
    public required JsonText NewValues { get; init; }

    /// <summary>What else is known, as a JSON object: the <c>code</c> of a failure.</summary>
    public required JsonText Metadata { get; init; }

    /// <summary>The request it was done by; null: it came another way.</summary>
    public string? RequestId { get; init; }

    /// <summary>Where the request came from; null when that is not known or was erased.</summary>
    public string? IpAddress { get; init; }

    /// <summary>What sent it; null when that is not known or was erased.</summary>
    public string? UserAgent { get; init; }

    /// <summary>What else identifies a person, as a JSON object: the <c>email</c> of a sign-in. Null when there is nothing or it was erased.</summary>
    public required JsonText Personal { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
