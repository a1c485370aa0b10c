using System.Diagnostics;
using Overmind.Errors;
using Overmind.Postgres;
using Overmind.Server.Audit;

namespace Overmind.Server.Http;

/// <summary>The outermost step of each request: its id, the headers of every response, and errors told as problem details.</summary>
static class RequestPipeline
{
    public static void UseRequestPipeline(this WebApplication app, HostCheck hosts)
    {
        var logger = app.Services.GetRequiredService<ILogger<OvermindException>>();
        app.Use(next => http => HandleAsync(http, next, hosts, logger));
    }

    /// <summary>The same around these endpoints alone, in a program that has others; which names it answers to is that program's own.</summary>
    public static void AddRequestPipeline(this IEndpointConventionBuilder endpoints, IServiceProvider services)
    {
        var logger = services.GetRequiredService<ILogger<OvermindException>>();
        endpoints.Finally(endpoint =>
        {
            if (endpoint.RequestDelegate is { } handler)
                endpoint.RequestDelegate = http => HandleAsync(http, handler, hosts: null, logger);
        });
    }

    static async Task HandleAsync(HttpContext http, RequestDelegate next, HostCheck? hosts, ILogger logger)
    {
        http.TraceIdentifier = RequestId.Of(http);
        http.Response.Headers[RequestId.Header] = http.TraceIdentifier;
        SecurityHeaders.Set(http);
        try
        {
            hosts?.Check(http.Request.Host);
            await next(http);
            if (IsBareFailure(http))
                await http.WriteProblemAsync(OfStatus(http));
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            LogMessages.ClientGone(logger, http.TraceIdentifier);
        }
        catch (Exception failure)
        {
            var error = Translate(http, failure, logger);
            await http.RequestServices.GetRequiredService<FailedActs>().RecordAsync(http, error);
            if (http.Response.HasStarted)
                http.Abort();
            else
                await WriteAfreshAsync(http, error);
        }
    }

    static OvermindException Translate(HttpContext http, Exception failure, ILogger logger)
    {
        switch (failure)
        {
            case OvermindException told:
                return told;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return new(ErrorCode.BodyTooLarge, $"The body is larger than {ServerLimits.MaxBodyBytes} bytes.", inner: failure);
            case BadHttpRequestException bad:
                return new(ErrorCode.InvalidParameter, bad.Message, inner: failure);
        }
        if (PostgresFailure.Translate(failure) is { } translated)
        {
            LogMessages.DatabaseRefused(logger, http.TraceIdentifier, ErrorCatalogue.Word(translated.Code), failure);
            return translated;
        }
        LogMessages.RequestFailed(logger, http.TraceIdentifier, failure);
        return new(
            ErrorCode.InternalError, $"The server failed at this request. Its log has the reason under the request id {http.TraceIdentifier}.",
            inner: failure);
    }

    // What the failed handler had set, as Location or Set-Cookie, is not part of the answer.
    static Task WriteAfreshAsync(HttpContext http, OvermindException error)
    {
        var (policy, limit) = (http.Response.Headers[RateLimits.PolicyHeader], http.Response.Headers[RateLimits.Header]);
        http.Response.Clear();
        http.Response.Headers[RequestId.Header] = http.TraceIdentifier;
        http.Response.Headers[RateLimits.PolicyHeader] = policy;
        http.Response.Headers[RateLimits.Header] = limit;
        SecurityHeaders.Set(http);
        return http.WriteProblemAsync(error);
    }

    // Routing answers unknown routes and methods with a bare status.
    static bool IsBareFailure(HttpContext http) =>
        http.Response is { StatusCode: 404 or 405, HasStarted: false, ContentType: null } && http.Request.Path.IsApi();

    static OvermindException OfStatus(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => new(ErrorCode.RouteNotFound, $"There is no route {http.Request.Path}. See /openapi/v1.json."),
        StatusCodes.Status405MethodNotAllowed => new(
            ErrorCode.MethodNotAllowed, $"{http.Request.Path} does not take {http.Request.Method}; it takes {http.Response.Headers.Allow}."),
        _ => throw new UnreachableException(),
    };
}
