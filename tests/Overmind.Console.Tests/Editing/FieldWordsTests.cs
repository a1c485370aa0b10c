using System.Text;
using Overmind.WebConsole.Editing;

namespace Overmind.WebConsole.Tests.Editing;

public class FieldWordsTests
{
    [Theory]
    [InlineData("quality_threshold", "Quality threshold")]
    [InlineData("max_n2_iterations", "Max N² iterations")]
    [InlineData("cost_cap_usd", "Cost cap in US dollars")]
    [InlineData("models.judge", "Model, judge")]
    [InlineData("observe", "Observe")]
    public void Members_are_read_as_words(string member, string words) => FieldWords.Label(member).ShouldBe(words);

    [Theory]
    [InlineData("\"parallel\"", "parallel")]
    [InlineData("null", "–")]
    [InlineData("true", "yes")]
    [InlineData("9.5", "9.5")]
    [InlineData("{\"a\":1}", "{\"a\":1}")]
    public void Values_are_read_as_people_write_them(string json, string words) =>
        FieldWords.Value(new JsonText(Encoding.UTF8.GetBytes(json))).ShouldBe(words);
}
