using System.Diagnostics;

namespace Overmind.Server.Http;

/// <summary>
/// The id of a request: the caller's own when it is a fit one, else the trace that its <c>traceparent</c> (W3C Trace Context) names, else a new
/// one. It stands in the answer, in errors and in the log.
/// </summary>
static class RequestId
{
    public const string Header = "X-Request-Id";

    public static string Of(HttpContext http) =>
        http.Request.Headers[Header] is [{ Length: > 0 and <= 128 } given] && !given.AsSpan().ContainsAnyExcept(Allowed)
            ? given
            : TraceId(http.Request) ?? Guid.CreateVersion7().ToString("N");

    static string? TraceId(HttpRequest request) =>
        request.Headers.TraceParent is [{ Length: > 0 } parent] && ActivityContext.TryParse(parent, null, out var context)
            ? context.TraceId.ToHexString()
            : null;

    static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:");
}
