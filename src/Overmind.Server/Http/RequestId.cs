namespace Overmind.Server.Http;

/// <summary>The id of a request: the caller's own when it is a fit one, else a new one. It stands in the answer, in errors and in the log.</summary>
static class RequestId
{
    public const string Header = "X-Request-Id";

    public static string Of(HttpContext http) =>
        http.Request.Headers[Header] is [{ Length: > 0 and <= 128 } given] && !given.AsSpan().ContainsAnyExcept(Allowed)
            ? given
            : Guid.CreateVersion7().ToString("N");

    static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:");
}
