namespace Overmind.Bench.Gateway;

/// <summary>One way to a provider.</summary>
/// <param name="Paced">At the rate that is offered.</param>
/// <param name="Busy">As fast as it goes, each client one call after the other.</param>
sealed record GatewayLatencies(Latencies Paced, Latencies Busy);
