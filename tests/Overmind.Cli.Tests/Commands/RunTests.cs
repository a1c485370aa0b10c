using System.Text.Json;
using Overmind.Testing;

namespace Overmind.Cli.Tests.Commands;

public sealed class RunTests(SharedInstance instance)
{
    [Fact]
    public async Task Runs_are_listed_by_conversation_state_and_time_and_shown_with_their_steps()
    {
        var run = await AskedAsync("Why do tides differ from place to place?");
        var (id, conversation) = (run.GetProperty("id").GetString()!, run.GetProperty("conversation_id").GetString()!);

        foreach (var list in (string[][])[[], ["--status", "succeeded"], ["--since", "1h"], ["--since", "2020-01-31T12:00:00+01:00", "--until", "2999-01-31"]])
            Ids(await JsonAsync(["run", "list", "--conversation", conversation, .. list])).ShouldBe([id]);
        foreach (var none in (string[][])[["--status", "failed"], ["--since", "2999-01-31T12:00:00Z"], ["--until", "7d"]])
            Ids(await JsonAsync(["run", "list", "--conversation", conversation, .. none])).ShouldBeEmpty();
        (await DoneAsync("run", "list", "--conversation", conversation)).ShouldMatch($"{id} +succeeded +[0-9.]+ +1 of 1");

        var shown = await DoneAsync("run", "show", id);
        shown.ShouldStartWith("succeeded: ");
        shown.ShouldMatch("1/agent:creative +succeeded +offline/offline +1 ");
        shown.ShouldEndWith(run.GetProperty("answer").GetString()!.Split('\n')[^1]);
        var json = await JsonAsync("run", "show", id);
        (json.GetProperty("run").GetProperty("id").GetString(), json.GetProperty("steps").GetArrayLength()).ShouldBe((id, 10));
        (await DoneAsync("run", "watch", id)).ShouldContain("succeeded: ");
    }

    [Fact]
    public async Task A_run_that_waits_is_approved_and_its_question_is_answered()
    {
        var conversation = await ConversationAsync();
        using var asking = await WaitingAsync(conversation);
        var id = await WaitingIdAsync(conversation);

        (await DoneAsync("run", "show", id)).ShouldContain($"`overmind run approve {id}` or `overmind run reject {id}`");
        await DoneAsync("run", "approve", id, "--iteration", "2", "--note", "A later one");
        (await JsonAsync("run", "show", id)).GetProperty("run").GetProperty("status").GetString().ShouldBe("waiting", "another iteration was meant");
        await DoneAsync("run", "approve", id, "--iteration", "1", "--note", "Worth it", "--directive", "Name the harbour.");

        (await asking.EndAsync()).ShouldBe(0, asking.Errors);
        var approval = (await JsonAsync("run", "show", id)).GetProperty("run").GetProperty("approvals")[0];
        (approval.GetProperty("decision").GetString(), approval.GetProperty("note").GetString(), approval.GetProperty("directive").GetString())
            .ShouldBe(("approved", "Worth it", "Name the harbour."));
    }

    [Fact]
    public async Task A_run_that_was_rejected_is_retried_and_cancelled()
    {
        var conversation = await ConversationAsync();
        using var asking = await WaitingAsync(conversation);
        var id = await WaitingIdAsync(conversation);

        await DoneAsync("run", "reject", id, "--note", "Too dear");
        (await asking.EndAsync()).ShouldNotBe(0);
        (await DoneAsync("run", "show", id)).ShouldStartWith("cancelled: ");

        // A worker may be at it before the answer is written.
        (await DoneAsync("run", "retry", id)).ShouldNotContain("cancelled");
        (await WaitingIdAsync(conversation)).ShouldBe(id);
        await DoneAsync("run", "cancel", id);
        await Poll.UntilAsync(async () => (await DoneAsync("run", "show", id)).StartsWith("cancelled: ", StringComparison.Ordinal));
        (await DoneAsync("run", "show", id)).ShouldContain("1 retry");
    }

    [Fact]
    public async Task A_step_is_replayed_and_two_runs_are_compared()
    {
        var left = await AskedAsync("How is oak varnished?");
        var right = await AskedAsync("How is pine varnished?", "--conversation", left.GetProperty("conversation_id").GetString()!);
        var (leftId, rightId) = (left.GetProperty("id").GetString()!, right.GetProperty("id").GetString()!);

        (await DoneAsync("run", "replay", leftId, "1/agent:creative", "--model", "offline/offline", "--temperature", "0")).ShouldMatch(@"offline/offline · [\d,]+ tokens · \$0\.0000 · [\d.]+ s$");
        (await JsonAsync("run", "replay", leftId, "1/inspect", "--model", "offline/offline")).GetProperty("score").GetDouble().ShouldBeInRange(0, 10);

        var compared = await DoneAsync("run", "compare", leftId, rightId);
        compared.ShouldMatch("question +How is oak varnished\\? +How is pine varnished\\?");
        compared.ShouldMatch("(?m)^[-+] ");
        var json = await JsonAsync("run", "compare", leftId, rightId);
        (json.GetProperty("left").GetProperty("id").GetString(), json.GetProperty("right").GetProperty("id").GetString()).ShouldBe((leftId, rightId));
    }

    [Theory]
    [InlineData("There is no run", "run", "show", "01990000-0000-7000-8000-000000000000")]
    [InlineData("There is no run", "run", "cancel", "01990000-0000-7000-8000-000000000000")]
    [InlineData("There is no run", "run", "compare", "01990000-0000-7000-8000-000000000000", "01990000-0000-7000-8000-000000000000")]
    [InlineData("soon is no time. Give one as 2030-01-31T12:00:00Z, or an age as 90m, 2h or 7d.", "run", "list", "--since", "soon")]
    [InlineData("is no time", "run", "list", "--until", "2030-02-31")]
    public async Task What_is_not_there_or_malformed_is_told(string message, params string[] arguments)
    {
        var (exitCode, output, errors) = await RunAsync(arguments);
        exitCode.ShouldNotBe(0);
        output.ShouldBeEmpty();
        errors.ShouldContain(message);
    }

    [Fact]
    public async Task A_step_that_a_run_has_not_is_told_with_where_to_look()
    {
        var id = (await AskedAsync("What is a keel?")).GetProperty("id").GetString()!;
        var (exitCode, _, errors) = await RunAsync("run", "replay", id, "9/inspect", "--model", "offline/offline");
        (exitCode, errors).ShouldBe((1, $"error: run {id} has no step 9/inspect\n       `overmind run show {id}` lists them"));
    }

    /// <summary>The run of a question that was answered in one iteration.</summary>
    async Task<JsonElement> AskedAsync(string question, params string[] options) =>
        (await JsonAsync(["ask", question, "--iterations", "1", .. options])).GetProperty("run");

    async Task<string> ConversationAsync() => (await AskedAsync("What is a keel?")).GetProperty("conversation_id").GetString()!;

    /// <summary>Asks a question whose first iteration waits for an approval.</summary>
    async Task<OvermindProcess> WaitingAsync(string conversation) => OvermindProcess.Start(
        "ask", "And a rudder?", "--conversation", conversation, "--iterations", "1", "--approve-from", "1", "--data", await instance.DataAsync());

    /// <summary>The run of the conversation that waits, as soon as one does.</summary>
    async Task<string> WaitingIdAsync(string conversation)
    {
        IReadOnlyList<string> waiting = [];
        await Poll.UntilAsync(async () => (waiting = Ids(await JsonAsync("run", "list", "--conversation", conversation, "--status", "waiting"))).Count == 1, seconds: 30);
        return waiting[0];
    }

    static IReadOnlyList<string> Ids(JsonElement list) => [.. list.EnumerateArray().Select(run => run.GetProperty("id").GetString()!)];

    async Task<JsonElement> JsonAsync(params string[] arguments) => JsonElement.Parse(await DoneAsync([.. arguments, "--format", "json"]));

    async Task<string> DoneAsync(params string[] arguments)
    {
        var (exitCode, output, errors) = await RunAsync(arguments);
        exitCode.ShouldBe(0, errors);
        return output;
    }

    async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        await OvermindProcess.RunAsync([.. arguments, "--data", await instance.DataAsync()]);
}
