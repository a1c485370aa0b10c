using FsCheck.Xunit;
using Overmind.Agents;

namespace Overmind.Tests.Agents;

public class OutputFormatsTests
{
    const string FourLines = "1. One\n2. Two\n3. Three\n4. Four";

    [Theory]
    [InlineData(FourLines)]
    [InlineData("\n\n1. One\r\n2. Two\r\n3. Three\r\n4. Four\n\n")]
    [InlineData("  1. One\n2.\tTwo\n3. Три\n4. 🚀")]
    public void Four_numbered_lines_keep_the_format(string text) =>
        OutputFormats.Violation(OutputFormat.Sim4Lines, text, truncated: false).ShouldBeNull();

    [Theory]
    [InlineData("1. One\n2. Two\n3. Three", "it has 3")]
    [InlineData(FourLines + "\n5. Five", "it has 5")]
    [InlineData("1. One\n\n2. Two\n\n3. Three\n\n4. Four", "it has 7")]
    [InlineData("Here you are:\n1. One\n2. Two\n3. Three", "Line 1")]
    [InlineData("1. One\n2. Two\n2. Three\n4. Four", "Line 3")]
    [InlineData("1. One\n2. Two\n3. Three\n4. ", "Line 4")]
    [InlineData("1) One\n2) Two\n3) Three\n4) Four", "Line 1")]
    [InlineData("**1.** One\n2. Two\n3. Three\n4. Four", "Line 1")]
    public void Anything_else_breaks_four_lines_and_the_reason_says_how(string text, string reason) =>
        OutputFormats.Violation(OutputFormat.Sim4Lines, text, truncated: false).ShouldNotBeNull().ShouldContain(reason);

    [Theory]
    [InlineData("{\"a\": 1}")]
    [InlineData(" [1, 2] ")]
    [InlineData("```json\n{\"a\": 1}\n```")]
    public void One_object_or_array_is_json_also_in_a_fence(string text) =>
        OutputFormats.Violation(OutputFormat.Json, text, truncated: false).ShouldBeNull();

    [Theory]
    [InlineData("Here: {\"a\": 1}")]
    [InlineData("{\"a\": 1} {\"b\": 2}")]
    [InlineData("{\"a\": 1, \"a\": 2}")]
    [InlineData("{\"a\": 1")]
    [InlineData("42")]
    [InlineData("\"text\"")]
    [InlineData("```json\n```")]
    [InlineData("```")]
    public void Anything_else_is_not_json(string text) =>
        OutputFormats.Violation(OutputFormat.Json, text, truncated: false).ShouldNotBeNull();

    [Theory]
    [InlineData(OutputFormat.Sim4Lines)]
    [InlineData(OutputFormat.Json)]
    [InlineData(OutputFormat.Markdown)]
    public void An_empty_or_cut_off_answer_breaks_every_format(OutputFormat format)
    {
        OutputFormats.Violation(format, " \n\t", truncated: false).ShouldBe("The answer is empty.");
        OutputFormats.Violation(format, FourLines, truncated: true).ShouldNotBeNull().ShouldContain("cut off");
    }

    [Fact]
    public void Any_text_is_markdown() => OutputFormats.Violation(OutputFormat.Markdown, "42", truncated: false).ShouldBeNull();

    [Property]
    public void Arbitrary_text_never_throws(string? text)
    {
        foreach (var format in Enum.GetValues<OutputFormat>()) OutputFormats.Violation(format, text ?? "", truncated: false);
    }
}
