using System.Net;

namespace Overmind.Client;

/// <summary>The API refused a request. What each code means and what to do is in docs/errors.md.</summary>
public sealed class OvermindApiException : Exception
{
    internal OvermindApiException(HttpStatusCode status, Problem problem, TimeSpan? retryAfter)
        : base(problem.Detail ?? problem.Title ?? $"The server answered {(int)status}.")
    {
        Status = status;
        Code = problem.Code ?? "";
        Param = problem.Param;
        Errors = problem.Errors;
        RequestId = problem.RequestId;
        Retryable = problem.Retryable;
        RetryAfter = retryAfter;
    }

    public HttpStatusCode Status { get; }

    /// <summary>The stable word to decide by, as <c>conversation_not_found</c>; empty when something other than Overmind answered.</summary>
    public string Code { get; }

    /// <summary>The member or parameter at fault.</summary>
    public string? Param { get; }

    /// <summary>By member what is wrong with it, where more than one may be.</summary>
    public IReadOnlyDictionary<string, string>? Errors { get; }

    /// <summary>To be named when asking for help; the server's log has it too.</summary>
    public string? RequestId { get; }

    /// <summary>Whether the same request may succeed later.</summary>
    public bool Retryable { get; }

    /// <summary>How long to wait before the next attempt, where the server said so.</summary>
    public TimeSpan? RetryAfter { get; }
}
