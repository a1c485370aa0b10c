using System.Text.RegularExpressions;
using Overmind.Testing;

namespace Overmind.WebConsole.Tests.Layout;

public partial class StylesheetTests
{
    /// <summary>All sheets are on all pages: a name that two of them use changes a page that nobody was looking at.</summary>
    [Fact]
    public void A_name_gets_its_look_from_one_stylesheet() =>
        Directory.GetFiles(Repository.PathOf("src", "Overmind.Console", "wwwroot", "css"), "*.css")
            .SelectMany(file => Rule().Matches(File.ReadAllText(file)).Select(rule => (Name: rule.Groups["name"].Value, File: Path.GetFileName(file))))
            .Distinct()
            .GroupBy(rule => rule.Name, rule => rule.File)
            .Where(rules => rules.Count() > 1)
            .Select(rules => $"{rules.Key}: {string.Join(", ", rules)}")
            .ShouldBeEmpty();

    /// <summary>Outside of media queries, whose rules are indented.</summary>
    [GeneratedRegex(@"^\.(?<name>[a-z][\w-]*) \{", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Rule();
}
