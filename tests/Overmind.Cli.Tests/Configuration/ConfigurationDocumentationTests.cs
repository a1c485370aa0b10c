using Overmind.Cli.Configuration;
using Overmind.Testing;

namespace Overmind.Cli.Tests.Configuration;

/// <summary>docs/configuration.md has a row a setting, as the catalogue has it.</summary>
public class ConfigurationDocumentationTests
{
    [Fact]
    public void The_table_is_that_of_the_catalogue() =>
        File.ReadLines(Repository.PathOf("docs", "configuration.md")).Where(line => line.StartsWith('|')).Skip(2).ShouldBe(Settings.All.Select(Row));

    static string Row(Setting setting) => "| " + string.Join(
        "| ",
        Cell(setting.InFile ? $"`{setting.Name}`" : null),
        Cell($"`{setting.Variable}`"),
        Cell(setting.Flag is { } flag ? $"`{flag}`" : null),
        Cell(setting.Type.Words),
        Cell(setting.Default is { } value ? $"`{value}`" : setting.DefaultWords),
        Cell(setting.Description)) + "|";

    static string Cell(string? text) => text is null ? "" : text + " ";
}
