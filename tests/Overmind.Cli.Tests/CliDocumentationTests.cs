using System.CommandLine;
using System.CommandLine.Help;
using Overmind.Testing;

namespace Overmind.Cli.Tests;

/// <summary>docs/cli.md has a section a verb, with a table of its arguments and options as <c>--help</c> tells them.</summary>
public class CliDocumentationTests
{
    static readonly string[] Header = ["| | | default |", "|---|---|---|"];

    static readonly Dictionary<string, string> Sections = File.ReadAllText(Repository.PathOf("docs", "cli.md"))
        .Split("\n## ")
        .Skip(1)
        .ToDictionary(section => section.Split('\n')[0].Trim('`'), section => section);

    // Made once: the global options keep each root they were ever put under.
    static readonly Command Root = CommandLine.Root();

    static readonly Dictionary<string, Command> Verbs = Below(Root, "overmind").ToDictionary(verb => verb.Name, verb => verb.Command);

    [Fact]
    public void Each_verb_has_a_section_and_each_section_a_verb() =>
        Sections.Keys.Where(title => title.StartsWith("overmind ", StringComparison.Ordinal)).ShouldBe(Verbs.Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(VerbNames))]
    public void A_verbs_table_says_what_its_help_says(string name)
    {
        var verb = Verbs[name];
        var rows = verb.Arguments.Select(Row).Concat(verb.Options.Where(option => option is not HelpOption && !option.Recursive).Select(Row)).ToList();
        Table(Sections[name]).ShouldBe(rows.Count == 0 ? [] : Header.Concat(rows), $"in docs/cli.md, under ## `{name}`");
    }

    [Fact]
    public void The_global_options_are_told_once() =>
        Root.Options.Where(option => option.Recursive && option is not HelpOption)
            .ShouldAllBe(option => Sections["Everywhere"].Contains($"`{option.Name} "));

    public static TheoryData<string> VerbNames => [.. Verbs.Keys];

    static IEnumerable<(string Name, Command Command)> Below(Command command, string name) => command.Subcommands.Count == 0
        ? [(name, command)]
        : command.Subcommands.SelectMany(verb => Below(verb, $"{name} {verb.Name}"));

    static string Row(Argument argument) => Row($"<{argument.Name}>", argument.Description, argument.HasDefaultValue ? argument.GetDefaultValue() : null);

    static string Row(Option option) => Row(
        option.HelpName is { } value ? $"{option.Name} <{value}>" : option.Name,
        option.Description,
        option.HasDefaultValue ? option.GetDefaultValue() : null);

    static string Row(string name, string? description, object? defaultValue) =>
        $"| `{name.Replace("|", "\\|")}` | {description?.Replace("|", "\\|")} | {(defaultValue is null or false or Array ? "" : $"`{defaultValue}` ")}|";

    static IEnumerable<string> Table(string section) => section.Split('\n').Where(line => line.StartsWith('|'));
}
