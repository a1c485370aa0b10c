using FsCheck.Xunit;
using Overmind.Agents;

namespace Overmind.Tests.Agents;

public class VerdictTests
{
    [Fact]
    public void A_verdict_has_score_rationale_and_directive()
    {
        var verdict = Verdict.Parse("""{"score": 7.5, "rationale": "Good.", "repair_directive": "Add numbers."}""", truncated: false, out var reason);
        verdict.ShouldBe(new Verdict(7.5, "Good.", "Add numbers."));
        reason.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"score": 0}""", 0)]
    [InlineData("""{"score": 10.0, "rationale": "", "repair_directive": null}""", 10)]
    [InlineData("""{"score": -0.0}""", 0)]
    [InlineData("```json\n{\"score\": 3}\n```", 3)]
    public void The_bounds_count_and_texts_may_be_missing(string text, double score)
    {
        var verdict = Verdict.Parse(text, truncated: false, out _).ShouldNotBeNull();
        verdict.ShouldBe(new Verdict(score, null, null));
        double.IsNegative(verdict.Score).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"score": 10.1}""")]
    [InlineData("""{"score": -1}""")]
    [InlineData("""{"score": 1e999}""")]
    [InlineData("""{"score": "8.5"}""")]
    [InlineData("""{"score": null}""")]
    [InlineData("""{"score": [8]}""")]
    [InlineData("""{"rationale": "Good."}""")]
    [InlineData("""{"score": 2, "score": 9}""")]
    [InlineData("""[{"score": 9}]""")]
    [InlineData("""The score is 9: {"score": 9}""")]
    [InlineData("""{"score": 9, "rationale": "cut""")]
    [InlineData("9")]
    [InlineData("")]
    public void A_score_that_is_no_number_in_range_is_unreadable_and_never_guessed(string text)
    {
        Verdict.Parse(text, truncated: false, out var reason).ShouldBeNull();
        reason.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void A_cut_off_verdict_is_unreadable_even_when_it_parses() =>
        Verdict.Parse("""{"score": 9}""", truncated: true, out _).ShouldBeNull();

    [Fact]
    public void A_half_character_in_a_text_is_no_text_and_no_error() =>
        Verdict.Parse("""{"score": 9, "rationale": "\ud800"}""", truncated: false, out _).ShouldBe(new Verdict(9, null, null));

    [Property]
    public void Arbitrary_text_never_throws(string? text)
    {
        Verdict.Parse(text ?? "", truncated: false, out _);
        Verdict.Parse($$"""{"score": {{text}}, "rationale": "{{text}}"}""", truncated: false, out _);
        Insights.Read(text ?? "");
        Insights.Violation($"[\"{text}\"]");
    }

    [Theory]
    [InlineData("""{"core_insights": ["One", "Two"], "open_points": []}""")]
    [InlineData("""{"insights": ["One", 3, " ", "Two"]}""")]
    [InlineData("""["One", "Two"]""")]
    public void Insights_are_the_strings_of_their_array(string text)
    {
        Insights.Read(text).ShouldBe(["One", "Two"]);
        Insights.Violation(text).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"core_insights": []}""")]
    [InlineData("""{"core_insights": "One"}""")]
    [InlineData("""{"open_points": ["One"]}""")]
    [InlineData("One and two")]
    public void A_distillation_without_any_is_sent_back(string text) => Insights.Violation(text).ShouldNotBeNull();
}
