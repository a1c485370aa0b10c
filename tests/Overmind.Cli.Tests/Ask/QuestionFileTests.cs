using System.Text;
using Overmind.Cli.Ask;

namespace Overmind.Cli.Tests.Ask;

public class QuestionFileTests
{
    [Fact]
    public void Questions_come_in_the_files_order_with_their_lines()
    {
        var file = Read("""
            {"question_id": 81, "category": "writing", "turns": ["One", "Two"]}

            {"question_id": "b", "turns": ["Three"]}
            """);
        file.Malformed.ShouldBeEmpty();
        file.Questions.Select(question => (question.Id.ToJsonString(), question.Turns.Count, question.Line)).ShouldBe([("81", 2, 1), ("\"b\"", 1, 3)]);
    }

    [Theory]
    [InlineData("nonsense", "the line is not valid JSON, at byte 2")]
    [InlineData("""{"question_id": 1, "turns": ["a"]""", "the line is not valid JSON, at byte 34")]
    [InlineData("""["a"]""", "the line is not a JSON object")]
    [InlineData("""{"turns": ["a"]}""", "question_id is missing")]
    [InlineData("""{"question_id": true, "turns": ["a"]}""", "question_id is neither a number nor a text")]
    [InlineData("""{"question_id": 1}""", "turns is missing")]
    [InlineData("""{"question_id": 1, "turns": "a"}""", "turns is not an array of texts")]
    [InlineData("""{"question_id": 1, "turns": []}""", "turns is empty")]
    [InlineData("""{"question_id": 1, "turns": ["a", ""]}""", "turns[1] is empty")]
    [InlineData("""{"question_id": 1, "turns": [7]}""", "turns[0] is not a text")]
    [InlineData("""{"question_id": 1, "turns": ["\ud83d"]}""", "turns[0] holds half a character (a lone surrogate)")]
    [InlineData("""{"question_id": 1, "question_id": 2, "turns": ["a"]}""", "a member stands twice in the line")]
    public void A_malformed_line_says_what_is_wrong_and_the_others_are_read(string line, string problem)
    {
        var file = Read($$"""
            {"question_id": "first", "turns": ["a"]}
            {{line}}
            {"question_id": "last", "turns": ["b"]}
            """);
        file.Malformed.ShouldBe([new MalformedLine(2, problem)]);
        file.Questions.Select(question => question.Line).ShouldBe([1, 3]);
    }

    [Fact]
    public void A_question_id_used_twice_is_malformed_the_second_time()
    {
        var file = Read("""
            {"question_id": 1, "turns": ["a"]}
            {"question_id": 1, "turns": ["b"]}
            """);
        file.Malformed.ShouldBe([new MalformedLine(2, "question_id 1 is that of line 1 already")]);
    }

    [Fact]
    public void A_line_that_is_not_utf8_is_malformed()
    {
        var file = Read([.. """{"question_id": 1, "turns": ["a"""u8, 0xff, .. "\"]}\n"u8]);
        file.Malformed.ShouldBe([new MalformedLine(1, "the line is not valid UTF-8")]);
    }

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_are_taken() =>
        Read([.. Encoding.UTF8.Preamble, .. "{\"question_id\": 1, \"turns\": [\"שלום 🙂\"]}\r\n"u8]).Questions.Single().Turns.ShouldBe(["שלום 🙂"]);

    [Fact]
    public void The_key_changes_with_the_turns()
    {
        var one = Read("""{"question_id": 1, "turns": ["a", "b"]}""").Questions.Single();
        var same = Read("""{"turns": ["a", "b"], "question_id": 1, "category": "x"}""").Questions.Single();
        var other = Read("""{"question_id": 1, "turns": ["ab"]}""").Questions.Single();
        same.Key.ShouldBe(one.Key);
        other.Key.ShouldNotBe(one.Key);
    }

    static QuestionFile Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    static QuestionFile Read(byte[] bytes)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            return QuestionFile.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
