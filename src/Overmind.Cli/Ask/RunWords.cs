using System.Globalization;

namespace Overmind.Cli.Ask;

/// <summary>How the figures of a run are told.</summary>
static class RunWords
{
    /// <summary>What stands wherever an answer of the offline model does.</summary>
    public const string Offline = "offline: answered by the built-in model, which picks sentences and understands nothing";

    public static string Score(double? score) => score?.ToString("0.0", CultureInfo.InvariantCulture) ?? "unscored";

    public static string Cost(decimal? usd) => usd is { } known ? "$" + known.ToString("0.0000", CultureInfo.InvariantCulture) : "cost unknown";

    public static string Count(long count, string noun) => Count(count, noun, noun + "s");

    public static string Count(long count, string noun, string nouns) => $"{count.ToString("#,0", CultureInfo.InvariantCulture)} {(count == 1 ? noun : nouns)}";

    public static string Seconds(double seconds) => seconds.ToString(seconds < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + " s";

    public static string Reason(string? terminationReason) => terminationReason switch
    {
        "threshold" => "reached the threshold",
        "max_iterations" => "no iteration left",
        "plateau" => "no longer improving",
        "cost_cap" => "reached the cost cap",
        "deadline" => "ran out of time",
        "cancelled" => "cancelled",
        "unscored" => "could not be scored",
        _ => "failed",
    };
}
