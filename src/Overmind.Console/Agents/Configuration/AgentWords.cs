using System.Globalization;
using Overmind.Agents;

namespace Overmind.WebConsole.Agents.Configuration;

/// <summary>What the settings of an agent do, in words.</summary>
public static class AgentWords
{
    /// <summary>What a temperature of 0 to 2 does to answers.</summary>
    public static string Temperature(double temperature) => temperature switch
    {
        0 => "Nearly the same answer each time.",
        <= 0.4 => "Precise: the likeliest words, little variety.",
        <= 0.9 => "Balanced: varied, and on the subject.",
        <= 1.3 => "Inventive: unusual words and ideas, more mistakes.",
        _ => "Wild: may wander off and break its format.",
    };

    /// <summary>About how much text so many tokens are: a token is three quarters of an English word.</summary>
    public static string MaxTokens(int tokens) => (tokens * 3 / 4) switch
    {
        < 300 and var words => $"About {words} words at most; a longer answer is cut off.",
        var words => string.Create(CultureInfo.InvariantCulture, $"About {words:N0} words at most, {words / 300.0:0.#} pages; a longer answer is cut off."),
    };

    public static string Name(OutputFormat format) => format switch
    {
        OutputFormat.Sim4Lines => "Four lines",
        OutputFormat.Json => "JSON",
        _ => "Markdown",
    };

    /// <summary>What an answer of this format must be.</summary>
    public static string Rule(OutputFormat format) => format switch
    {
        OutputFormat.Sim4Lines => "Exactly four numbered lines and nothing else: short answers that are easy to join.",
        OutputFormat.Json => "One JSON object or array and nothing else, for programs; a schema can say which.",
        _ => "Free text with headings, lists and code, for people.",
    };

    /// <summary>An answer as it looks.</summary>
    public static string Example(OutputFormat format) => format switch
    {
        OutputFormat.Sim4Lines => "1. Run both systems side by side for one month.\n2. Compare every pay slip before either pays.\n3. Name who decides when two differ.\n4. Keep the old system ready until the second pay day.",
        OutputFormat.Json => "{\n  \"decision\": \"run both side by side\",\n  \"months\": 1,\n  \"owner\": \"payroll lead\"\n}",
        _ => "## Side by side\n\nRun **both systems** for one month:\n\n- compare every pay slip\n- let one person decide\n- keep the way back open",
    };
}
