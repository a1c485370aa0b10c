using System.Text.Json;

namespace Overmind.Cli.Tests.Commands;

public sealed class ConversationsTests(SharedInstance instance)
{
    [Fact]
    public async Task A_question_is_answered_again_on_a_branch_and_the_trunk_taken_up_again()
    {
        var run = (await JsonAsync("ask", "What is a mast?", "--iterations", "1")).GetProperty("run");
        var (conversation, question) = (run.GetProperty("conversation_id").GetString()!, run.GetProperty("question_message_id").GetString()!);
        (await JsonAsync("conversations", "branches", conversation)).GetArrayLength().ShouldBe(0);

        var again = await JsonAsync("conversations", "regenerate", conversation, question);
        again.GetProperty("branch").GetInt32().ShouldBe(1);
        await DoneAsync("run", "watch", again.GetProperty("id").GetString()!);

        (await DoneAsync("conversations", "branches", conversation)).ShouldMatch($@"1 \(active\) +0 +{question} +regenerate");
        (await DoneAsync("conversations", "switch", conversation, "0")).Trim().ShouldBe("Branch 0 goes on");
        var (exitCode, _, errors) = await RunAsync("conversations", "switch", conversation, "7");
        (exitCode, errors.Contains("no branch 7", StringComparison.Ordinal)).ShouldBe((1, true), errors);
    }

    [Fact]
    public async Task A_branch_becomes_a_conversation_of_its_own()
    {
        var run = (await JsonAsync("ask", "What is a keel?", "--iterations", "1")).GetProperty("run");
        var (conversation, question) = (run.GetProperty("conversation_id").GetString()!, run.GetProperty("question_message_id").GetString()!);
        var fork = await JsonAsync("conversations", "fork", conversation, question, "--title", "Keels");
        (fork.GetProperty("title").GetString(), fork.GetProperty("message_count").GetInt32(), fork.GetProperty("forked_from_message_id").GetString())
            .ShouldBe(("Keels", 1, question));
        (await RunAsync("conversations", "fork", conversation, conversation)).Errors.ShouldContain($"There is no message {conversation}");
    }

    [Fact]
    public async Task What_a_message_says_is_listed_and_brought_back()
    {
        var run = (await JsonAsync("ask", "What is a boom?", "--iterations", "1")).GetProperty("run");
        var (conversation, question) = (run.GetProperty("conversation_id").GetString()!, run.GetProperty("question_message_id").GetString()!);

        (await DoneAsync("conversations", "versions", conversation, question)).ShouldMatch(@"1 \(current\).*What is a boom\?");
        (await DoneAsync("conversations", "restore", conversation, "--message", question, "--version-number", "1")).ShouldContain("What is a boom?");
        (await DoneAsync("conversations", "restore", conversation)).ShouldContain("is back");
        (await RunAsync("conversations", "restore", conversation, "--version-number", "1")).ExitCode.ShouldBe(2);
    }

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
