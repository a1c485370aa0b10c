using Overmind.Agents;
using Overmind.WebConsole.Agents.Comparison;

namespace Overmind.WebConsole.Tests.Agents.Comparison;

public class DiffRowTests
{
    [Fact]
    public void What_was_deleted_stands_beside_what_was_inserted_for_it() =>
        DiffRow.Of(LineDiff.Of("a\nb\nc\nd", "a\nx\nd\ne")).ShouldBe(
        [
            new DiffRow("a", "a", true),
            new DiffRow("b", "x", false),
            new DiffRow("c", null, false),
            new DiffRow("d", "d", true),
            new DiffRow(null, "e", false),
        ]);

    [Fact]
    public void Two_texts_that_are_empty_have_no_rows() => DiffRow.Of(LineDiff.Of("", "")).ShouldBeEmpty();
}
