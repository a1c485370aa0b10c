using FsCheck.Xunit;

namespace Overmind.Tests;

public class LineDiffTests
{
    [Fact]
    public void Lines_that_stay_stay_and_what_is_deleted_comes_before_what_is_inserted() =>
        Words(LineDiff.Of("a\nb\nc\nd", "a\nx\nc\nd\ne")).ShouldBe(["= a", "- b", "+ x", "= c", "= d", "+ e"]);

    [Theory]
    [InlineData("", "", new string[0])]
    [InlineData("", "a", new[] { "+ a" })]
    [InlineData("a\nb", "", new[] { "- a", "- b" })]
    [InlineData("a\r\nb", "a\nb", new[] { "= a", "= b" })]
    public void Ends_of_lines_and_empty_texts_are_no_lines(string left, string right, string[] lines) => Words(LineDiff.Of(left, right)).ShouldBe(lines);

    [Fact]
    public void What_is_too_large_to_compare_is_replaced_whole()
    {
        var (left, right) = (string.Join('\n', Enumerable.Range(0, 3000)), string.Join('\n', Enumerable.Range(5000, 3000)));
        LineDiff.Of(left, right).Count.ShouldBe(6000);
    }

    [Property]
    public bool The_left_text_and_the_right_one_can_be_read_from_it(byte[] left, byte[] right)
    {
        var (a, b) = (string.Join('\n', left.Select(l => l % 4)), string.Join('\n', right.Select(l => l % 4)));
        var diff = LineDiff.Of(a, b);
        return string.Join('\n', diff.Where(l => l.Op != "insert").Select(l => l.Text)) == a
            && string.Join('\n', diff.Where(l => l.Op != "delete").Select(l => l.Text)) == b;
    }

    static IEnumerable<string> Words(IEnumerable<DiffLine> diff) =>
        diff.Select(l => $"{(l.Op == "equal" ? '=' : l.Op == "delete" ? '-' : '+')} {l.Text}");
}
