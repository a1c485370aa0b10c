using System.Globalization;
using System.Text.RegularExpressions;
using Overmind.Errors;
using Overmind.Models;

namespace Overmind.Usage;

/// <summary>What the values of a price may be, new or changed.</summary>
static partial class PriceRules
{
    /// <summary>Ten times and more what any model costs today.</summary>
    const decimal MostPerMillion = 10_000;
    const decimal MostPerCall = 100;

    /// <summary>A tenth of what the cheapest costs: below it stands a price for one token, taken for one of a million.</summary>
    const decimal LeastPerMillion = 0.0001m;

    /// <summary>Decimals of an amount for a million tokens; one for a token has six more.</summary>
    const int Decimals = 12;

    public static IEnumerable<(string Name, decimal? Amount)> All(PricePerMillion prices) =>
    [
        ("input", prices.Input),
        ("output", prices.Output),
        ("cache_read", prices.CacheRead),
        ("cache_write", prices.CacheWrite),
        ("cache_write_1h", prices.CacheWrite1h),
        ("reasoning", prices.Reasoning),
        ("audio_input", prices.AudioInput),
        ("audio_output", prices.AudioOutput),
        ("image_input", prices.ImageInput),
        ("image_output", prices.ImageOutput),
    ];

    public static void CheckAmounts(ref Checks checks, PricePerMillion? perMillion, PricePerCall? perCall)
    {
        foreach (var (name, amount) in perMillion is null ? [] : All(perMillion))
        {
            var param = $"per_million.{name}";
            checks.Require(amount is null or (>= 0 and <= MostPerMillion), param, $"{param} is 0 to 10,000 US dollars for a million tokens, not {Text(amount)}.");
            checks.Require(
                amount is null or 0 or >= LeastPerMillion, param,
                $"{param} is US dollars for a million tokens; {Text(amount)} looks like the price of one token. Send {Text(amount * 1_000_000)}.");
            checks.Require(amount is null || amount.Value.Scale <= Decimals, param, $"{param} has at most {Decimals} decimals.");
        }

        foreach (var (name, amount) in perCall is null ? [] : ((string, decimal?)[])[("request", perCall.Request), ("web_search", perCall.WebSearch)])
        {
            var param = $"per_call.{name}";
            checks.Require(amount is null or (>= 0 and <= MostPerCall), param, $"{param} is 0 to 100 US dollars, not {Text(amount)}.");
            checks.Require(amount is null || amount.Value.Scale <= Decimals, param, $"{param} has at most {Decimals} decimals.");
        }
    }

    public static void CheckConditions(ref Checks checks, string provider, string model, long contextAbove, string? serviceTier, PriceHours? hours)
    {
        checks.Require(
            KeyShape().IsMatch(provider), "provider", "provider is the key of a provider: 1 to 100 lower-case letters, digits, - and _, beginning with a letter or digit.");
        checks.Text("model", model, 1, 200);
        checks.Require(!model.AsSpan(0, Math.Max(0, model.Length - 1)).Contains('*'), "model", "The * in model stands at its end: for all models that begin so.");
        checks.Require(contextAbove >= 0, "context_above", "context_above is a number of tokens: 0 or more.");
        checks.Require(
            serviceTier is null || TierShape().IsMatch(serviceTier), "service_tier",
            "service_tier has 1 to 64 lower-case letters, digits, - and _, as priority, flex or batch.");
        checks.Require(
            hours is null || (IsHour(hours.From) && IsHour(hours.To) && hours.From != hours.To), "hours",
            "hours has from and to, two different times of the day in UTC as 22:00 and 06:00.");
    }

    public static void CheckTime(ref Checks checks, DateTimeOffset? validFrom, DateTimeOffset? validTo) =>
        checks.Require(validFrom is null || validTo is null || validFrom < validTo, "valid_to", "valid_to is later than valid_from.");

    static string Text(decimal? amount) => amount?.ToString("0.############################", CultureInfo.InvariantCulture) ?? "";

    static bool IsHour(string text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,99}$", RegexOptions.NonBacktracking)]
    private static partial Regex KeyShape();

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,63}$", RegexOptions.NonBacktracking)]
    private static partial Regex TierShape();
}
