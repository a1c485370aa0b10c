using System.Net;
using System.Net.Sockets;

namespace Overmind.Jobs.Webhooks;

/// <summary>
/// Tells addresses of the public internet from those of this machine, its networks and its cloud (169.254.169.254), by the registries of
/// special-purpose addresses of RFC 6890. A tenant's webhook must not reach what only the server can.
/// </summary>
static class PublicAddress
{
    static readonly IPNetwork[] SpecialV4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>What is handed out of IPv6; 64:ff9b::/96, mapped, local and multicast addresses lie outside.</summary>
    static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    /// <summary>Within it: Teredo and other protocols, documentation, and 6to4, which carries an IPv4 address.</summary>
    static readonly IPNetwork[] SpecialV6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !SpecialV4.Any(network => network.Contains(address)),
            AddressFamily.InterNetworkV6 => GlobalV6.Contains(address) && !SpecialV6.Any(network => network.Contains(address)),
            _ => false,
        };
    }
}
