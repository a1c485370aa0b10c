using System.Text.Json.Serialization;

namespace Overmind.Server.Http;

/// <summary>An error as RFC 9457 has it, with the members every error of this API has. Media type <c>application/problem+json</c>.</summary>
public sealed record Problem
{
    /// <summary>The page that explains the error, relative to the server: <c>/errors/conversation_not_found</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The same for each occurrence of the error.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong with this request.</summary>
    public required string Detail { get; init; }

    /// <summary>The request's path.</summary>
    public required string Instance { get; init; }

    /// <summary>The stable word to decide by.</summary>
    public required string Code { get; init; }

    /// <summary>The member or parameter at fault.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Param { get; init; }

    /// <summary>By member what is wrong with it, where more than one may be.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Errors { get; init; }

    /// <summary>The budget that did not let it be.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? BudgetId { get; init; }

    /// <summary>When that budget begins anew.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ResetAt { get; init; }

    /// <summary>As in the header X-Request-Id; the server's log has it too.</summary>
    public required string RequestId { get; init; }

    /// <summary>Whether the same request may succeed later.</summary>
    public required bool Retryable { get; init; }
}
