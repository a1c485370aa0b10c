using System.Text;
using Microsoft.AspNetCore.Http;

namespace Overmind.Tests.Models.Providers;

/// <summary>Ways to answer.</summary>
static class Replies
{
    public static Func<HttpContext, Task> Json(string body, int status = 200, string? retryAfter = null) => async http =>
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        if (retryAfter is not null) http.Response.Headers.RetryAfter = retryAfter;
        await http.Response.WriteAsync(body, http.RequestAborted);
    };

    /// <summary>Piece by piece, each sent at once.</summary>
    public static Func<HttpContext, Task> Stream(string contentType, params IEnumerable<string> pieces) => async http =>
    {
        http.Response.ContentType = contentType;
        foreach (var piece in pieces)
        {
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(piece), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    };

    /// <summary>And then closes the connection in the middle: at once, or when what was sent has been read.</summary>
    public static Func<HttpContext, Task> ThenBreak(this Func<HttpContext, Task> answer, Task? read = null) => async http =>
    {
        await answer(http);
        await (read ?? Task.CompletedTask);
        http.Abort();
    };

    /// <summary>And then says nothing until the caller leaves.</summary>
    public static Func<HttpContext, Task> ThenHang(this Func<HttpContext, Task> answer) => async http =>
    {
        await answer(http);
        await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    };

    public static Func<HttpContext, Task> Hang { get; } = ThenHang(_ => Task.CompletedTask);
}
