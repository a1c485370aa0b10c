using System.Text.Json;

namespace Overmind.Server.Tests.Conversations;

public class BranchEndpointsTests(ApiServers servers)
{
    readonly Api api = servers.Fast.User;

    [Fact]
    public async Task A_fork_is_active_and_is_read_with_what_was_said_before_it()
    {
        var (conversation, ids) = await SaidAsync("a", "b", "c");
        var made = (await api.PostAsync($"/v1/conversations/{conversation}/messages/{ids[1]}/fork")).Expect(201).Json.ShouldBeA("conversation.branch");
        made.GetProperty("number").GetInt32().ShouldBe(1);
        made.GetProperty("parent_number").GetInt32().ShouldBe(0);
        made.Text("forked_after_message_id").ShouldBe(ids[1].ToString());
        made.Text("reason").ShouldBe("fork");
        made.GetProperty("is_active").GetBoolean().ShouldBeTrue();
        await api.NewMessageAsync(conversation, "B");

        (await ReadAsync(conversation)).ShouldBe("a b B");
        (await ReadAsync(conversation, "&branch=0")).ShouldBe("a b c");
        (await api.GetAsync($"/v1/conversations/{conversation}")).Json.GetProperty("active_branch").GetInt32().ShouldBe(1);
        var latest = (await api.GetAsync($"/v1/conversations/{conversation}?include=messages&limit=2")).Expect(200).Json.GetProperty("messages");
        latest.GetProperty("data").EnumerateArray().Select(m => m.Text("content")).ShouldBe(["b", "B"]);
        latest.GetProperty("has_more").GetBoolean().ShouldBeTrue();

        (await api.PatchAsync($"/v1/conversations/{conversation}", """{"active_branch":0}""")).Expect(200).Json.GetProperty("active_branch").GetInt32().ShouldBe(0);
        (await ReadAsync(conversation)).ShouldBe("a b c");
        (await api.PatchAsync($"/v1/conversations/{conversation}", """{"active_branch":2}""")).ExpectProblem(422, "invalid_value", "active_branch");
        (await api.PatchAsync($"/v1/conversations/{conversation}", """{"active_branch":-1}""")).ExpectProblem(422, "invalid_value", "active_branch");
        (await api.GetAsync($"/v1/conversations/{conversation}/messages?branch=2")).ExpectProblem(404, "branch_not_found");
    }

    [Fact]
    public async Task A_branch_is_paged_in_both_directions_over_the_place_where_it_left()
    {
        var (conversation, ids) = await SaidAsync([.. Enumerable.Range(0, 7).Select(i => $"{i}")]);
        await api.PostAsync($"/v1/conversations/{conversation}/messages/{ids[3]}/fork");
        foreach (var text in (string[])["x", "y", "z"])
            await api.NewMessageAsync(conversation, text);

        foreach (var (order, all) in new[] { ("asc", "0 1 2 3 x y z"), ("desc", "z y x 3 2 1 0") })
        {
            List<string> read = [];
            string? after = null;
            do
            {
                var page = (await api.GetAsync($"/v1/conversations/{conversation}/messages?order={order}&limit=2{(after is null ? "" : $"&after={after}")}")).Expect(200);
                read.AddRange(page.Items.Select(m => m.Text("content")!));
                after = page.Json.GetProperty("has_more").GetBoolean() ? page.Json.Text("last_id") : null;
            }
            while (after is not null);
            string.Join(' ', read).ShouldBe(all);
        }

        var before = (await api.GetAsync($"/v1/conversations/{conversation}/messages?order=asc&limit=3&before={ids[2]}")).Expect(200);
        before.Items.Select(m => m.Text("content")).ShouldBe(["0", "1"]);
        var from = (await api.GetAsync($"/v1/conversations/{conversation}/messages/{ids[3]}")).Json.Text("created_at")!.Replace("+", "%2B", StringComparison.Ordinal);
        (await ReadAsync(conversation, $"&created_at[gte]={from}")).ShouldBe("3 x y z");
    }

    [Fact]
    public async Task A_reply_to_an_earlier_message_makes_a_branch_and_one_to_the_last_does_not()
    {
        var (conversation, ids) = await SaidAsync("a", "b", "c");
        (await ReplyAsync(ids[2], "d")).ShouldBe(0);
        (await ReplyAsync(ids[0], "A")).ShouldBe(1);
        (await ReadAsync(conversation)).ShouldBe("a A");
        (await ReadAsync(conversation, "&branch=0")).ShouldBe("a b c d");

        async Task<int> ReplyAsync(Guid parent, string content)
        {
            var made = (await api.PostAsync($"/v1/conversations/{conversation}/messages", JsonSerializer.Serialize(new { content, parent_message_id = parent }))).Expect(201).Json;
            made.Text("parent_message_id").ShouldBe(parent.ToString());
            return made.GetProperty("branch").GetInt32();
        }
    }

    [Fact]
    public async Task Branches_are_listed_and_named_and_the_tree_has_all_messages()
    {
        var (conversation, ids) = await SaidAsync("a", new string('b', 200));
        await api.PostAsync($"/v1/conversations/{conversation}/messages/{ids[0]}/fork");
        await api.PostAsync($"/v1/conversations/{conversation}/messages/{ids[1]}/fork");
        await api.NewMessageAsync(conversation, "c");

        (await api.PatchAsync($"/v1/conversations/{conversation}/branches/1", """{"name":"Other"}""")).Expect(200).Json.ShouldBeA("conversation.branch").Text("name").ShouldBe("Other");
        (await api.PatchAsync($"/v1/conversations/{conversation}/branches/1", """{"name":""}""")).ExpectProblem(422, "invalid_value", "name");
        foreach (var missing in (string[])["0", "3", "x"])
            (await api.PatchAsync($"/v1/conversations/{conversation}/branches/{missing}", """{"name":"Other"}""")).ExpectProblem(404, "branch_not_found");
        var branches = (await api.GetAsync($"/v1/conversations/{conversation}/branches")).ShouldBeAListOf("conversation.branch");
        branches.Select(b => (b.GetProperty("number").GetInt32(), b.Text("name"), b.GetProperty("is_active").GetBoolean())).ShouldBe([(2, null, true), (1, "Other", false)]);
        (await api.GetAsync($"/v1/conversations/{conversation}/branches?after={branches[0].Text("id")}")).Items.Count.ShouldBe(1);

        var tree = (await api.GetAsync($"/v1/conversations/{conversation}/tree?order=asc")).ShouldBeAListOf("message.node");
        tree.Select(n => n.GetProperty("branch").GetInt32()).ShouldBe([0, 0, 2]);
        tree[1].Text("preview")!.Length.ShouldBe(80);
        tree[2].Text("parent_message_id").ShouldBe(ids[1].ToString());
        (await api.GetAsync($"/v1/conversations/{conversation}/tree?limit=1&after={ids[0]}&order=asc")).Items.Single().Text("id").ShouldBe(ids[1].ToString());
    }

    [Fact]
    public async Task What_is_not_there_is_not_forked()
    {
        var (conversation, ids) = await SaidAsync("a");
        var (elsewhere, _) = await SaidAsync("b");
        (await api.PostAsync($"/v1/conversations/{elsewhere}/messages/{ids[0]}/fork")).ExpectProblem(404, "message_not_found");
        (await servers.Fast.OtherUser.PostAsync($"/v1/conversations/{conversation}/messages/{ids[0]}/fork")).ExpectProblem(404, "message_not_found");
        await api.DeleteAsync($"/v1/conversations/{conversation}/messages/{ids[0]}");
        (await api.PostAsync($"/v1/conversations/{conversation}/messages/{ids[0]}/fork")).ExpectProblem(404, "message_not_found");
        (await api.GetAsync($"/v1/conversations/{Guid.CreateVersion7()}/branches")).ExpectProblem(404, "conversation_not_found");
        (await api.GetAsync($"/v1/conversations/{Guid.CreateVersion7()}/tree")).ExpectProblem(404, "conversation_not_found");
    }

    [Fact]
    public async Task A_question_is_answered_again_and_put_otherwise_over_the_api()
    {
        var run = await api.EndedRunAsync();
        var conversation = run.Text("conversation_id");
        var path = $"/v1/conversations/{conversation}/messages/{run.Text("question_message_id")}";

        var again = (await api.PostAsync($"{path}/regenerate", """{"max_n2_iterations":1}""")).Expect(202);
        again.Json.ShouldBeA("run").GetProperty("branch").GetInt32().ShouldBe(1);
        again.Header("Location").ShouldBe($"/v1/runs/{again.Id}");
        await api.GetAsync($"/v1/runs/{again.Id}/events");

        var otherwise = (await api.PostAsync($"{path}/resend", """{"content":"And of a ship?","max_n2_iterations":1}""")).Expect(202);
        otherwise.Json.GetProperty("branch").GetInt32().ShouldBe(2);
        await api.GetAsync($"/v1/runs/{otherwise.Id}/events");

        var messages = (await api.GetAsync($"/v1/conversations/{conversation}/messages?order=asc")).Items;
        messages.Select(m => m.Text("role")).ShouldBe(["user", "assistant"]);
        messages[0].Text("content").ShouldBe("And of a ship?");
        (await api.PostAsync($"{path}/resend", "{}")).ExpectProblem(422, "missing_field", "content");
        (await api.PostAsync($"{path}/regenerate", """{"question":"x"}""")).ExpectProblem(400, "unknown_field", "question");
        (await api.PostAsync($"/v1/conversations/{conversation}/messages/{Guid.CreateVersion7()}/regenerate")).ExpectProblem(404, "message_not_found");
    }

    async Task<(Guid Conversation, List<Guid> Messages)> SaidAsync(params string[] texts)
    {
        var conversation = await api.NewConversationAsync();
        List<Guid> ids = [];
        foreach (var text in texts)
            ids.Add(await api.NewMessageAsync(conversation, text));
        return (conversation, ids);
    }

    async Task<string> ReadAsync(Guid conversation, string query = "") => string.Join(
        ' ', (await api.GetAsync($"/v1/conversations/{conversation}/messages?order=asc{query}")).Expect(200).Items.Select(m => m.Text("content")));
}
