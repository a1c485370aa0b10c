using System.Text.RegularExpressions;
using Overmind.Errors;

namespace Overmind.Agents;

/// <summary>What the values of an agent may be, new or changed; null is not looked at.</summary>
static partial class AgentRules
{
    const int MaxTokens = 100_000;
    const int MaxTextLength = 10_000;
    const int MaxSettingsLength = 64 * 1024;

    public static void Check(
        ref Checks checks, string? key, string? name, string? role, string? goal, string? backstory, string? outputSchema, double? temperature,
        int? maxTokens, string? settings)
    {
        CheckKey(ref checks, key);
        checks.Text("name", name, 1, 255);
        checks.Text("role", role, 1, 255);
        checks.Text("goal", goal, 1, MaxTextLength);
        checks.Text("backstory", backstory, 1, MaxTextLength);
        checks.Require(temperature is null or (>= 0 and <= 2), "temperature", $"temperature is 0 to 2, not {temperature}.");
        checks.Require(maxTokens is null or (>= 1 and <= MaxTokens), "max_tokens", $"max_tokens is 1 to {MaxTokens}, not {maxTokens}.");
        if (outputSchema is not null && AnswerSchema.Fault(outputSchema) is { } fault)
            checks.Require(false, "output_schema", fault);
        CheckSettings(ref checks, settings);
    }

    public static void CheckKey(ref Checks checks, string? key) => checks.Require(
        key is null || Key().IsMatch(key), "key", "key has 1 to 100 of a-z, 0-9, _ and -, and begins with a letter or digit.");

    public static void CheckSettings(ref Checks checks, string? settings) => checks.Require(
        settings is not { Length: > MaxSettingsLength }, "settings", $"settings has at most {MaxSettingsLength} characters as JSON, not {settings?.Length}.");

    public static void CheckSchemaFits(ref Checks checks, OutputFormat format, bool hasSchema) => checks.Require(
        !hasSchema || format is OutputFormat.Json, "output_schema", SchemaNeedsJson);

    public const string SchemaNeedsJson = "output_schema is for the output_format json alone: set that format, or leave the schema out (null).";

    [GeneratedRegex(@"^[a-z0-9][a-z0-9_-]{0,99}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();
}
