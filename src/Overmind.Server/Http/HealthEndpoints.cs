using Overmind.Errors;
using Overmind.Jobs;
using Overmind.Postgres;

namespace Overmind.Server.Http;

/// <summary><c>/health</c>: the process answers. <c>/ready</c>: it can do its work: the database answers and has this version's schema, the worker claims jobs.</summary>
/// <param name="worker">Null on a node that works on no jobs.</param>
sealed class HealthEndpoints(OvermindDatabase database, JobWorker? worker = null)
{
    // Load balancers ask by either.
    static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/health", Methods, http => WriteAsync(http, "ok"));
        routes.MapMethods("/ready", Methods, ReadyAsync);
    }

    async Task ReadyAsync(HttpContext http)
    {
        if (!await database.IsCurrentAsync(http.RequestAborted))
            throw new OvermindException(ErrorCode.NotReady, "The schema of the database is not that of this version. Run `overmind db migrate`.");
        if (worker is { IsAlive: false })
            throw new OvermindException(ErrorCode.NotReady, "The worker has no connection to the database.");
        await WriteAsync(http, "ready");
    }

    static Task WriteAsync(HttpContext http, string status) =>
        http.WriteJsonAsync(StatusCodes.Status200OK, new ServerStatus(status), ServerJson.Default.ServerStatus);
}
