using Overmind.Errors;

namespace Overmind.Tests.Errors;

public class ChecksTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("שלום עולם")]
    [InlineData("👩‍👩‍👧 🏳️‍🌈")]
    public void Text_of_any_script_may_be_stored(string text) => Should.NotThrow(() => Check(text));

    // As numbers: an attribute cannot hold half a pair.
    [Theory]
    [InlineData(0x61, 0, 0x62)]
    [InlineData(0x61, 0xd800, 0x62)]
    [InlineData(0xdc00)]
    [InlineData(0xd83d, 0xdc4b, 0xd83d)]
    public void Nul_and_half_pairs_may_not(params int[] units) =>
        Should.Throw<OvermindException>(() => Check(string.Concat(units.Select(unit => (char)unit)))).Code.ShouldBe(ErrorCode.InvalidText);

    [Fact]
    public void A_character_outside_the_basic_plane_counts_once()
    {
        Should.NotThrow(() => Check(string.Concat(Enumerable.Repeat("👋", 10))));
        Should.Throw<OvermindException>(() => Check(string.Concat(Enumerable.Repeat("👋", 11)))).Param.ShouldBe("text");
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var refused = Should.Throw<OvermindException>(() =>
        {
            var checks = new Checks();
            checks.Text("title", "", 1, 5);
            checks.Metadata("metadata", new Dictionary<string, string> { ["topic"] = new('x', 513) });
            checks.ThrowIfAny();
        });
        refused.Param.ShouldBe("title");
        refused.Errors!.Keys.ShouldBe(["title", "metadata.topic"]);
    }

    static void Check(string text)
    {
        var checks = new Checks();
        checks.Text("text", text, 1, 10);
        checks.ThrowIfAny();
    }
}
