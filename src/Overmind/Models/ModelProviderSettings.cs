using Overmind.Errors;

namespace Overmind.Models;

/// <summary>How patient the calls of a provider are. What is null is the default.</summary>
public sealed record ModelProviderSettings
{
    /// <summary>Seconds to connect: 0.1 to 300. Default: 10.</summary>
    public double? ConnectTimeout { get; init; }

    /// <summary>Seconds from the request to the first token: 0.1 to 3,600. Default: 120, for models that think before they speak.</summary>
    public double? FirstTokenTimeout { get; init; }

    /// <summary>Seconds between two pieces of an answer: 0.1 to 3,600. Default: 60.</summary>
    public double? BetweenTokensTimeout { get; init; }

    /// <summary>Seconds a whole call may take, its retries included: 0.1 to 86,400. Default: 600.</summary>
    public double? CallTimeout { get; init; }

    /// <summary>How often a call is made again that failed before its first token: 0 to 10. Default: 2.</summary>
    public int? MaxRetries { get; init; }

    internal void Check(ref Checks checks)
    {
        Seconds(ref checks, "connect_timeout", ConnectTimeout, 300);
        Seconds(ref checks, "first_token_timeout", FirstTokenTimeout, 3600);
        Seconds(ref checks, "between_tokens_timeout", BetweenTokensTimeout, 3600);
        Seconds(ref checks, "call_timeout", CallTimeout, 86_400);
        checks.Require(MaxRetries is null or (>= 0 and <= 10), "settings.max_retries", $"settings.max_retries is 0 to 10, not {MaxRetries}.");

        static void Seconds(ref Checks checks, string name, double? value, int most) => checks.Require(
            value is null || (value >= 0.1 && value <= most), $"settings.{name}", $"settings.{name} is 0.1 to {most} seconds, not {value}.");
    }
}
