using System.Text.Json.Nodes;

namespace Overmind.Audit;

/// <summary>An act for the audit log. No value of it holds a secret; what tells who a person is stands in <see cref="Personal"/> alone.</summary>
sealed record AuditEntry
{
    /// <summary>What happened: <c>api_key.created</c>.</summary>
    public required string EventType { get; init; }

    public required AuditAction Action { get; init; }

    /// <summary>What it was done to: <c>api_key</c>.</summary>
    public required string ResourceType { get; init; }

    /// <summary>Which one; null when there is one alone, or when it is not known.</summary>
    public string? ResourceId { get; init; }

    public AuditStatus Status { get; init; } = AuditStatus.Success;

    /// <summary>What was changed, as it was.</summary>
    public JsonObject? OldValues { get; init; }

    /// <summary>The same as it is since.</summary>
    public JsonObject? NewValues { get; init; }

    public JsonObject? Metadata { get; init; }

    /// <summary>What identifies a person, as an e-mail; kept apart, so that it can be erased.</summary>
    public JsonObject? Personal { get; init; }
}
