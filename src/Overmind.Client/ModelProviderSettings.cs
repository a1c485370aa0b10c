namespace Overmind.Client;

/// <summary>How patient the calls of a provider are. What is null is the default.</summary>
public sealed record ModelProviderSettings
{
    /// <summary>Seconds to connect: 0.1 to 300. Default: 10.</summary>
    public double? ConnectTimeout { get; init; }

    /// <summary>Seconds from the request to the first token: 0.1 to 3,600. Default: 120.</summary>
    public double? FirstTokenTimeout { get; init; }

    /// <summary>Seconds between two pieces of an answer: 0.1 to 3,600. Default: 60.</summary>
    public double? BetweenTokensTimeout { get; init; }

    /// <summary>Seconds a whole call may take, its retries included: 0.1 to 86,400. Default: 600.</summary>
    public double? CallTimeout { get; init; }

    /// <summary>How often a call is made again that failed before its first token: 0 to 10. Default: 2.</summary>
    public int? MaxRetries { get; init; }
}
