using System.Text.Json.Nodes;

namespace Overmind.Cli.Tests.Commands;

public class ShareTests(SharedInstance instance)
{
    [Fact]
    public async Task A_conversation_is_shared_listed_read_and_revoked()
    {
        var data = await instance.DataAsync();
        var asked = JsonNode.Parse((await OvermindProcess.RunAsync("ask", "What is a shared halyard?", "--format", "json", "--data", data)).Output)!;
        var conversation = asked["run"]!["conversation_id"]!.GetValue<string>();

        var url = (await RunAsync("share", "create", conversation)).Output;
        using var http = new HttpClient();
        (await http.GetStringAsync(new Uri(url))).ShouldContain("What is a shared halyard?");
        var share = JsonNode.Parse((await RunAsync("share", "list", "--conversation", conversation, "--format", "json")).Output)!.AsArray().ShouldHaveSingleItem()!["id"]!.GetValue<string>();
        (await RunAsync("share", "list", "--conversation", conversation)).Output.ShouldContain("active");
        (await RunAsync("share", "revoke", share)).Output.ShouldBe($"Revoked {share}");
        (await RunAsync("share", "revoke", share)).ExitCode.ShouldBe(1);
        (await http.GetAsync(new Uri(url))).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await RunAsync("share", "create", conversation, "--expires", "yesterday")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task A_message_is_blocked_listed_and_approved()
    {
        var data = await instance.DataAsync();
        var asked = JsonNode.Parse((await OvermindProcess.RunAsync("ask", "Is a reviewed knot safe?", "--format", "json", "--data", data)).Output)!;
        var question = asked["run"]!["question_message_id"]!.GetValue<string>();

        (await RunAsync("moderation", "block", question, "--reason", "A test.")).Output.ShouldBe($"{question} is blocked");
        (await RunAsync("moderation", "list", "--status", "blocked")).Output.ShouldContain("Is a reviewed knot safe?");
        (await RunAsync("moderation", "approve", question)).Output.ShouldBe($"{question} is approved");
        (await RunAsync("moderation", "list", "--status", "approved")).ExitCode.ShouldBe(1);
    }

    async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        await OvermindProcess.RunAsync([.. arguments, "--data", await instance.DataAsync()]);
}
