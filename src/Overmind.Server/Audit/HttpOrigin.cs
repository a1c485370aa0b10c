using Overmind.Postgres;

namespace Overmind.Server.Audit;

/// <summary>Where a request came from, as the audit log tells it.</summary>
static class HttpOrigin
{
    public static RequestOrigin Origin(this HttpContext http) => new(
        http.Connection.RemoteIpAddress, http.Request.Headers.UserAgent is [{ Length: > 0 } agent, ..] ? agent : null, http.TraceIdentifier);
}
