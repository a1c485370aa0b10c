using Overmind.WebConsole.Text;

namespace Overmind.WebConsole.Tests.Text;

public class FiguresTests
{
    [Fact]
    public void An_unknown_cost_is_a_dash_and_a_free_one_is_zero()
    {
        Figures.Cost(null).ShouldBe("–");
        Figures.Cost(0).ShouldBe("$0.0000");
    }

    [Fact]
    public void A_cost_that_would_round_to_nothing_says_that_it_is_something() => Figures.Cost(0.00001m).ShouldBe("<$0.0001");

    [Fact]
    public void An_estimate_is_marked()
    {
        Figures.Tokens(18_402, estimated: true).ShouldBe("≈ 18,402");
        Figures.Cost(1234.5m, estimated: true).ShouldBe("≈ $1,234.5000");
        Figures.Cost(0, estimated: true).ShouldBe("$0.0000");
    }

    [Theory]
    [InlineData(null, "–")]
    [InlineData(0L, "<1 ms")]
    [InlineData(840L, "840 ms")]
    [InlineData(11_800L, "11.8 s")]
    [InlineData(59_960L, "59.9 s")]
    [InlineData(185_000L, "3 min 05 s")]
    [InlineData(7_440_000L, "2 h 04 min")]
    public void A_duration_has_its_unit(long? milliseconds, string text) => Figures.Duration(milliseconds).ShouldBe(text);

    [Theory]
    [InlineData(null, 9.0, "–")]
    [InlineData(9.2, 9.0, "9.2")]
    [InlineData(9.0, 9.0, "9.0")]
    [InlineData(8.96, 9.0, "8.96")]
    [InlineData(8.999, 9.0, "8.99")]
    [InlineData(8.94, 9.0, "8.9")]
    [InlineData(10.0, 9.0, "10.0")]
    public void A_score_below_its_threshold_never_rounds_up_to_it(double? score, double threshold, string text) =>
        Figures.Score(score, threshold).ShouldBe(text);
}
