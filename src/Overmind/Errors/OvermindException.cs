namespace Overmind.Errors;

/// <summary>
/// A failure the caller is told about. The detail is shown to the caller as it stands: it says what is wrong with this request
/// and what to do, and holds no secret and nothing of another tenant.
/// </summary>
public sealed class OvermindException : Exception
{
    public OvermindException(ErrorCode code, string detail, string? param = null, Exception? inner = null)
        : base(detail, inner) => (Code, Param) = (code, param);

    /// <summary>Which error of the catalogue.</summary>
    public ErrorCode Code { get; }

    /// <summary>The member or parameter at fault, as <c>metadata.topic</c>; null when no single one is.</summary>
    public string? Param { get; }

    /// <summary>By member what is wrong with it, when more than one may be; else null.</summary>
    public IReadOnlyDictionary<string, string>? Errors { get; init; }

    /// <summary>How long to wait before another attempt makes sense; null when nothing is known. Sent as <c>Retry-After</c>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The budget that did not let it be; else null. Sent as <c>budget_id</c> and <c>reset_at</c>.</summary>
    public BudgetBlock? Budget { get; init; }

    /// <summary>That the act failed stands in the audit log already, written with what the failure changed.</summary>
    public bool IsAudited { get; init; }
}
