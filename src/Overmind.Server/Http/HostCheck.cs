using System.Net;
using Overmind.Errors;

namespace Overmind.Server.Http;

/// <summary>
/// Against DNS rebinding: a server bound to loopback answers only to names of the loopback, so that no web page can reach it under a
/// name of its own. A server bound to another address is there for others and answers to every name.
/// </summary>
sealed class HostCheck(string boundTo)
{
    readonly bool _loopbackOnly = IsLoopback(boundTo);

    public void Check(HostString host)
    {
        if (_loopbackOnly && !IsLoopback(host.Host))
            throw new OvermindException(
                ErrorCode.HostNotAllowed,
                "This server listens on the loopback address and answers to localhost, 127.0.0.1 and [::1] alone. Start it with --host to serve other names.");
    }

    static bool IsLoopback(string host) =>
        host is "localhost" or "127.0.0.1" or "[::1]"
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
