using System.Globalization;
using System.Text.RegularExpressions;
using Overmind.Testing;

namespace Overmind.WebConsole.Tests.Layout;

/// <summary>The colours of css/tokens.css against WCAG 2.2: text 4.5:1 (1.4.3), borders of controls 3:1 (1.4.11).</summary>
public partial class ContrastTests
{
    public static TheoryData<string, string> Texts() => new()
    {
        { "ink", "bg panel sunken accent-bg accent-wash" },
        { "soft", "bg panel sunken accent-bg accent-wash" },
        { "faint", "bg panel sunken accent-wash" },
        { "accent", "bg panel accent-bg sunken" },
        { "good", "bg good-bg sunken accent-wash" },
        { "warn", "bg warn-bg sunken accent-wash" },
        { "bad", "bg bad-bg sunken accent-wash panel" },
        { "on-accent", "accent accent-strong" },
    };

    [Theory, MemberData(nameof(Texts))]
    public void Text_is_readable_in_both_themes(string ink, string grounds) => Check(ink, grounds, 4.5);

    [Theory]
    [InlineData("control", "bg panel")]
    [InlineData("accent", "bg panel sunken")]
    public void The_borders_of_controls_and_the_focus_are_seen_in_both_themes(string line, string grounds) => Check(line, grounds, 3);

    static void Check(string ink, string grounds, double least)
    {
        var tokens = Tokens();
        foreach (var ground in grounds.Split(' '))
            foreach (var theme in new[] { 0, 1 })
                Ratio(tokens[ink][theme], tokens[ground][theme]).ShouldBeGreaterThanOrEqualTo(least, $"{ink} on {ground}, {(theme == 0 ? "light" : "dark")}");
    }

    static double Ratio(string a, string b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    static double Luminance(string hex)
    {
        var parts = Enumerable.Range(0, 3).Select(i => int.Parse(hex.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToArray();
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }

    static Dictionary<string, string[]> Tokens()
    {
        var css = File.ReadAllText(Repository.PathOf("src", "Overmind.Console", "wwwroot", "css", "tokens.css"));
        return Token().Matches(css).ToDictionary(m => m.Groups["name"].Value, m => new[] { m.Groups["light"].Value, m.Groups["dark"].Value });
    }

    [GeneratedRegex(@"--(?<name>[a-z-]+): light-dark\((?<light>#[0-9a-f]{6}), (?<dark>#[0-9a-f]{6})\)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();
}
