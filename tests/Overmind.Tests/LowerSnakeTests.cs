using Overmind.Agents;

namespace Overmind.Tests;

public class LowerSnakeTests
{
    [Theory]
    [InlineData(OutputFormat.Sim4Lines, "sim_4_lines")]
    [InlineData(OutputFormat.Json, "json")]
    public void An_output_format_has_the_word_that_the_schema_checks(OutputFormat format, string word)
    {
        LowerSnake.Write(format).ShouldBe(word);
        LowerSnake.Read<OutputFormat>(word).ShouldBe(format);
    }

    [Fact]
    public void Members_of_several_words_are_joined_by_underscores() =>
        Enum.GetValues<TerminationReason>().Select(LowerSnake.Write)
            .ShouldBe(["threshold", "max_iterations", "plateau", "cost_cap", "deadline", "cancelled", "unscored", "failed"]);

    [Fact]
    public void An_unknown_word_is_null() => LowerSnake.Read<OutputFormat>("sim4_lines").ShouldBeNull();

    [Fact]
    public void A_value_outside_its_enum_is_refused() => Should.Throw<ArgumentOutOfRangeException>(() => LowerSnake.Write((OutputFormat)9));
}
