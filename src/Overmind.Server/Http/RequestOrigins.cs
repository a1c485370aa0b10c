using Overmind.Postgres;

namespace Overmind.Server.Http;

/// <summary>Where a request came from, for what is noted of it.</summary>
static class RequestOrigins
{
    public static RequestOrigin Origin(this HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        return new RequestOrigin(
            address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address, Storable(http.Request.Headers.UserAgent), http.TraceIdentifier);
    }

    // A header may hold what is no text to PostgreSQL.
    static string? Storable(string? text) => string.IsNullOrEmpty(text) ? null : StoredText.Clean(text);
}
