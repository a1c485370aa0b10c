using Overmind.Errors;

namespace Overmind.Models;

/// <summary>
/// A call of a model failed. The message says what happened and what to do, and may be shown to users: what the provider said is cut short,
/// and its API key is taken out. It has no inner exception, whose text could hold the key.
/// </summary>
/// <param name="code">Which failure it was, one of the codes that begin with <c>model_</c>.</param>
public sealed class ModelCallException(ErrorCode code, string message) : Exception(message)
{
    public ErrorCode Code { get; } = code;

    /// <summary>How long the provider asks to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when some of the answer had come in: the call has cost something, and repeating it costs again.</summary>
    public bool AfterFirstToken { get; init; }

    /// <summary>The member of the request that the provider did not take, as it names it; null when it named none.</summary>
    public string? Param { get; init; }

    /// <summary>Whether the same call may succeed a moment later.</summary>
    internal bool IsPassing => Code is ErrorCode.ModelRateLimited or ErrorCode.ModelOverloaded or ErrorCode.ModelUnreachable or ErrorCode.ModelInterrupted;

    internal ModelCallException AfterTokens() => new(Code, Message) { RetryAfter = RetryAfter, Param = Param, AfterFirstToken = true };

    /// <summary>As a caller of the API is told.</summary>
    /// <param name="isAudited">The audit log tells of it already.</param>
    internal OvermindException ToError(bool isAudited = false) => new(Code, Message, inner: this) { RetryAfter = RetryAfter, IsAudited = isAudited };
}
