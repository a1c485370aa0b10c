using System.Text.Json;

namespace Overmind.Client;

/// <summary>An act in the audit log.</summary>
public sealed record AuditLog
{
    public required Guid Id { get; init; }

    /// <summary>The member who did it; null: nobody who was signed in.</summary>
    public Guid? UserId { get; init; }

    /// <summary>How the member is called; null when that is not known.</summary>
    public string? UserName { get; init; }

    /// <summary>The API key it was done with; null: none.</summary>
    public Guid? ApiKeyId { get; init; }

    /// <summary>What happened, as <c>api_key.created</c>.</summary>
    public required string EventType { get; init; }

    /// <summary>create, read, update, delete, execute, login or logout.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to, as <c>api_key</c>.</summary>
    public required string ResourceType { get; init; }

    /// <summary>Which one; null when there is one alone, or it is not known.</summary>
    public string? ResourceId { get; init; }

    /// <summary>success or failure.</summary>
    public required string Status { get; init; }

    /// <summary>What was changed, as it was: an object, or null.</summary>
    public JsonElement? OldValues { get; init; }

    /// <summary>The same as it is since.</summary>
    public JsonElement? NewValues { get; init; }

    /// <summary>What else is known, as an object.</summary>
    public required JsonElement Metadata { get; init; }

    /// <summary>The request it was done by; null: it came another way.</summary>
    public string? RequestId { get; init; }

    /// <summary>Where the request came from; null when that is not known or was erased.</summary>
    public string? IpAddress { get; init; }

    /// <summary>What sent it; null when that is not known or was erased.</summary>
    public string? UserAgent { get; init; }

    /// <summary>What else identifies a person, as an object; null when there is nothing or it was erased.</summary>
    public JsonElement? Personal { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
