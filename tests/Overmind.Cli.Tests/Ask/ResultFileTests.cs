using System.Text.Json.Nodes;
using Overmind.Cli.Ask;

namespace Overmind.Cli.Tests.Ask;

public sealed class ResultFileTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("overmind-ask-").FullName;

    string Results => Path.Combine(_folder, "results.jsonl");

    string State => Path.Combine(_folder, "state.jsonl");

    [Fact]
    public void What_was_answered_is_known_to_the_next_run()
    {
        var question = new Question(JsonValue.Create(81), ["one", "two"], 1);
        var result = Result(question);
        using (var first = ResultFile.Open(Results))
            first.Append(result);
        using var second = ResultFile.Open(Results);
        var read = second.Of(question).ShouldNotBeNull();
        read.ConversationId.ShouldBe(result.ConversationId);
        read.Turns.ShouldBe(result.Turns);
    }

    [Fact]
    public void A_question_with_other_turns_is_to_be_asked_again()
    {
        var question = new Question(JsonValue.Create(81), ["one", "two"], 1);
        using var results = ResultFile.Open(Results);
        results.Append(Result(question));
        results.Of(new Question(JsonValue.Create(81), ["one", "three"], 1)).ShouldBeNull();
    }

    [Fact]
    public void A_line_that_a_kill_left_half_written_is_cut_off()
    {
        var question = new Question(JsonValue.Create("a"), ["one"], 1);
        using (var first = ResultFile.Open(Results))
            first.Append(Result(question));
        var whole = File.ReadAllText(Results);
        File.AppendAllText(Results, "{\"question_id\":\"b\",\"conv");
        using (var second = ResultFile.Open(Results))
            second.Of(question).ShouldNotBeNull();
        File.ReadAllText(Results).ShouldBe(whole);
    }

    [Fact]
    public void A_file_that_holds_something_else_is_left_alone()
    {
        File.WriteAllText(Results, "{\"question_id\": 1, \"turns\": [\"a\"]}\n");
        Should.Throw<CliException>(() => ResultFile.Open(Results)).Code.ShouldBe("not_results");
        File.ReadAllText(Results).ShouldContain("turns");
    }

    [Fact]
    public void The_journal_keeps_batch_and_conversations_over_a_kill()
    {
        var conversation = Guid.CreateVersion7();
        Guid batch;
        using (var first = AskJournal.Open(State))
        {
            batch = first.Batch;
            first.Write("key", conversation);
        }
        File.AppendAllText(State, "{\"question\":\"other\",\"conver");
        using var second = AskJournal.Open(State);
        second.Batch.ShouldBe(batch);
        second.Conversation("key").ShouldBe(conversation);
        second.Conversation("other").ShouldBeNull();
    }

    [Fact]
    public void Two_processes_do_not_ask_the_same_file_at_once()
    {
        using var first = AskJournal.Open(State);
        Should.Throw<CliException>(() => AskJournal.Open(State)).Code.ShouldBe("already_asking");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static QuestionResult Result(Question question) => new(question.Id, Guid.CreateVersion7(), [.. question.Turns.Select(turn => new TurnResult
    {
        Question = turn,
        RunId = Guid.CreateVersion7(),
        Status = "succeeded",
        TerminationReason = "threshold",
        Score = 9.25,
        Iterations = 2,
        TokensInput = 1200,
        TokensOutput = 300,
        CostUsd = 0m,
        LatencyMs = 40,
        IsOffline = true,
        Answer = "An answer: “so”, 🙂",
    })]);
}
