using System.Net;

namespace Overmind.Jobs.Webhooks;

/// <summary>Where webhooks may go.</summary>
public sealed record WebhookOptions
{
    /// <summary>
    /// Networks that are not public and may be reached all the same, as <c>10.1.0.0/16</c>. With a loopback network, <c>http</c> to this machine is
    /// allowed, too. Default: none.
    /// </summary>
    public IReadOnlyList<IPNetwork> AllowedNetworks { get; init; } = [];


    /// <summary>Options with the networks that a text names; null or empty for none.</summary>
    /// <exception cref="FormatException">One of them is no network.</exception>
    public static WebhookOptions Parse(string? networks) => new()
    {
        AllowedNetworks = [.. (networks ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(IPNetwork.Parse)],
    };

    /// <summary>How long an attempt may take, from name resolution to the last byte. Default: 15 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the old secret signs beside the new one. Default: 24 hours.</summary>
    public TimeSpan RotationGrace { get; init; } = TimeSpan.FromHours(24);

    internal bool Allows(IPAddress address) => PublicAddress.Is(address) || AllowsPrivate(address);

    internal bool AllowsLoopback => AllowedNetworks.Any(network => IPAddress.IsLoopback(network.BaseAddress));

    bool AllowsPrivate(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return AllowedNetworks.Any(network => network.Contains(plain));
    }
}
