using System.Text.Json;
using Overmind.Postgres.Embedded;
using Overmind.Testing;

namespace Overmind.Cli.Tests.Commands;

public sealed class AskTests(SharedInstance instance) : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("overmind-ask-").FullName;

    [Fact]
    public async Task A_question_ends_with_its_answer_and_what_it_took()
    {
        var asked = await AskAsync("How should a small harbour choose the pattern of its lighthouse?");
        asked.ExitCode.ShouldBe(0, asked.Errors);
        asked.Output.ShouldContain("lighthouse");
        asked.Output.ShouldMatch(@"score \d+\.\d · \d iterations? · [\d,]+ tokens · \$0\.0000 · [\d.]+ s · reached the threshold");
        asked.Output.ShouldContain("offline");
        asked.Errors.ShouldMatch("1/agent:creative done, \\d+ tokens");
        asked.Errors.ShouldMatch("iteration 1: \\d");
    }

    [Fact]
    public async Task As_JSON_a_run_is_one_object_and_a_conversation_goes_on()
    {
        var (first, _) = await AskJsonAsync("Why do tides differ from place to place?");
        var conversation = first.GetProperty("run").GetProperty("conversation_id").GetString()!;
        var (second, steps) = await AskJsonAsync("And what follows for a harbour?", "--conversation", conversation, "--iterations", "1", "--threshold", "10");

        second.GetProperty("run").GetProperty("conversation_id").GetString().ShouldBe(conversation);
        second.GetProperty("run").GetProperty("n2_iterations").GetInt32().ShouldBe(1);
        second.GetProperty("answer").GetString().ShouldBe(second.GetProperty("run").GetProperty("answer").GetString());
        steps.ShouldBe(10);
    }

    [Fact]
    public async Task A_question_can_come_from_standard_input()
    {
        // The test's process closes it at once: nothing is asked.
        var asked = await AskAsync("-");
        asked.ExitCode.ShouldBe(1);
        asked.Errors.ShouldContain("question is empty");
    }

    [Theory]
    [InlineData("There is no active workflow 'unheard-of'.", "Why?", "--workflow", "unheard-of")]
    [InlineData("quality_threshold is 0 to 10, not 11.", "Why?", "--threshold", "11")]
    [InlineData("There is no conversation 01990000-0000-7000-8000-000000000000.", "Why?", "--conversation", "01990000-0000-7000-8000-000000000000")]
    public async Task What_the_server_refuses_is_told_with_the_page_that_explains_it(string explanation, params string[] arguments)
    {
        var refused = await AskAsync(arguments);
        refused.ExitCode.ShouldBe(1);
        refused.Output.ShouldBeEmpty();
        refused.Errors.ShouldContain(explanation);
        refused.Errors.ShouldContain("docs/errors.md");
    }

    [Fact]
    public async Task Ctrl_C_stops_the_run()
    {
        using var ask = OvermindProcess.Start("ask", "--data", await instance.DataAsync(), "--threshold", "10", "--approve-from", "2", "Compare ten ways to cross a river, each with its risks.");
        // A run that waits ends by nobody else.
        await Poll.UntilAsync(() => ask.Errors.Contains("waiting for the approval", StringComparison.Ordinal));
        ask.Signal(Posix.Interrupt);
        (await ask.EndAsync()).ShouldBe(1, ask.Errors);
        ask.Output.ShouldContain("· cancelled");
    }

    [Fact]
    public async Task A_file_of_questions_is_asked_and_summed_up()
    {
        var results = Path.Combine(folder, "answers.jsonl");
        var asked = await AskAsync("--file", Repository.PathOf("samples", "questions.jsonl"), "--out", results);
        asked.ExitCode.ShouldBe(0, asked.Errors);
        asked.Output.ShouldMatch("questions +6 of 6");
        asked.Output.ShouldMatch("runs +9: 9 succeeded, 0 failed");

        var lines = await File.ReadAllLinesAsync(results);
        lines.Length.ShouldBe(6);
        foreach (var line in lines)
            JsonDocument.Parse(line).RootElement.GetProperty("turns").EnumerateArray().ShouldAllBe(turn => turn.GetProperty("answer").GetString()!.Length > 0);

        var again = await AskAsync("--file", Repository.PathOf("samples", "questions.jsonl"), "--out", results, "--format", "json");
        again.ExitCode.ShouldBe(0, again.Errors);
        (await File.ReadAllLinesAsync(results)).ShouldBe(lines);
        JsonDocument.Parse(again.Output).RootElement.GetProperty("summary").GetProperty("runs").GetInt32().ShouldBe(9);
    }

    [Fact]
    public async Task A_file_goes_on_where_a_kill_stopped_it_and_asks_nothing_twice()
    {
        var questions = Path.Combine(folder, "questions.jsonl");
        var word = Guid.CreateVersion7().ToString("N");
        await File.WriteAllLinesAsync(questions, Enumerable.Range(1, 8).Select(number =>
            $$"""{"question_id": {{number}}, "turns": ["Why does {{word}} of kind {{number}} matter?", "And what of its cost?"]}"""));
        foreach (var answered in (int[])[1, 3])
        {
            using var ask = OvermindProcess.Start("ask", "--data", await instance.DataAsync(), "--file", questions);
            await Poll.UntilAsync(() => ask.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length >= answered);
            ask.Signal(Posix.Kill);
            await ask.EndAsync();
        }

        var last = await AskAsync("--file", questions);
        last.ExitCode.ShouldBe(0, last.Errors);
        last.Output.ShouldMatch("runs +16: 16 succeeded, 0 failed");
        Directory.EnumerateFiles(folder).Select(Path.GetFileName).ShouldBe(["questions.jsonl", "questions.results.jsonl"], ignoreOrder: true);
        var asked = await instance.PsqlAsync($"""
            select count(*), count(distinct conversation_id), count(distinct (conversation_id, content))
            from messages
            where role = 'user'
            and conversation_id in (select conversation_id from messages where content like '%{word}%' and role = 'user')
            """);
        asked.ShouldBe("16|8|16");
    }

    [Fact]
    public async Task Malformed_lines_are_told_by_number_and_the_others_go_on()
    {
        var questions = Path.Combine(folder, "questions.jsonl");
        await File.WriteAllLinesAsync(questions, [
            """{"question_id": 1, "turns": ["Why is the sky blue?"]}""",
            "not a question",
            """{"question_id": 2, "turns": ["a NUL: \u0000"]}""",
        ]);
        var asked = await AskAsync("--file", questions);
        asked.ExitCode.ShouldBe(1);
        asked.Errors.ShouldContain("line 2: the line is not valid JSON, at byte 2");
        asked.Errors.ShouldContain("line 3: question holds the character NUL");
        asked.Output.ShouldMatch("runs +1: 1 succeeded, 0 failed");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    async Task<(JsonElement Result, int Steps)> AskJsonAsync(params string[] arguments)
    {
        var asked = await AskAsync([.. arguments, "--format", "json"]);
        asked.ExitCode.ShouldBe(0, asked.Output);
        var result = JsonDocument.Parse(asked.Output).RootElement;
        return (result, result.GetProperty("steps").GetInt32());
    }

    async Task<(int ExitCode, string Output, string Errors)> AskAsync(params string[] arguments) =>
        await OvermindProcess.RunAsync(["ask", "--data", await instance.DataAsync(), .. arguments]);
}
