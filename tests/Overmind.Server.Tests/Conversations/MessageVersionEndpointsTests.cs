using System.Text.Json;

namespace Overmind.Server.Tests.Conversations;

public class MessageVersionEndpointsTests(ApiServers servers)
{
    readonly Api api = servers.Fast.User;

    [Fact]
    public async Task An_edit_keeps_what_was_said_and_a_version_is_written_anew()
    {
        var path = await MessageAsync("one\ntwo");
        var edited = (await api.PatchAsync(path, """{"content":"one\n2","change_reason":"Digits."}""")).Expect(200).Json.ShouldBeA("message");
        edited.Text("content").ShouldBe("one\n2");
        edited.GetProperty("edited").GetBoolean().ShouldBeTrue();
        edited.GetProperty("version_number").GetInt32().ShouldBe(2);

        var diff = (await api.GetAsync($"{path}/diff?from=1&to=2")).Expect(200).Json.ShouldBeA("message.diff");
        diff.GetProperty("lines").EnumerateArray().Select(l => $"{l.Text("op")} {l.Text("text")}").ShouldBe(["equal one", "delete two", "insert 2"]);

        var restored = (await api.PostAsync($"{path}/versions/1/restore", """{"change_reason":"Words."}""")).Expect(200).Json;
        restored.Text("content").ShouldBe("one\ntwo");
        restored.GetProperty("version_number").GetInt32().ShouldBe(3);
        // What it says already is not written again.
        (await api.PostAsync($"{path}/versions/3/restore")).Expect(200).Json.GetProperty("version_number").GetInt32().ShouldBe(3);

        var versions = (await api.GetAsync($"{path}/versions")).ShouldBeAListOf("message.version");
        versions.Select(v => (v.GetProperty("version_number").GetInt32(), v.Text("change_reason"), v.GetProperty("is_current").GetBoolean()))
            .ShouldBe([(3, "Words.", true), (2, "Digits.", false), (1, null, false)]);
        versions.ShouldAllBe(v => v.Text("changed_by") == servers.Fast.Tenants.First.User.UserId.ToString());
        (await api.GetAsync($"{path}/versions?order=asc&limit=1&after={versions[2].Text("id")}")).Items.Single().Text("content").ShouldBe("one\n2");
        (await api.GetAsync($"{path}/versions?limit=1&after={versions[0].Text("id")}")).Items.Single().Text("content").ShouldBe("one\n2");
        (await api.GetAsync($"{path}/versions/2")).Expect(200).Json.ShouldBeA("message.version").Text("content").ShouldBe("one\n2");
    }

    [Fact]
    public async Task Of_two_edits_of_one_version_the_second_is_refused()
    {
        var path = await MessageAsync("one");
        var tag = (await api.GetAsync(path)).Expect(200).Header("ETag")!;
        (await api.PatchAsync(path, """{"content":"two"}""", ("If-Match", tag))).Expect(200);
        (await api.PatchAsync(path, """{"content":"three"}""", ("If-Match", tag))).ExpectProblem(412, "precondition_failed");
        (await api.GetAsync(path)).Json.Text("content").ShouldBe("two");
    }

    [Fact]
    public async Task Bad_edits_are_refused_each_with_its_reason()
    {
        var path = await MessageAsync("one");
        (await api.PatchAsync(path, "{}")).ExpectProblem(422, "invalid_value", "content");
        (await api.PatchAsync(path, """{"content":""}""")).ExpectProblem(422, "invalid_value", "content");
        (await api.PatchAsync(path, """{"content_parts":{"type":"odd"}}""")).ExpectProblem(422, "invalid_value", "content_parts.type");
        (await api.PatchAsync(path, JsonSerializer.Serialize(new { content = "x", change_reason = new string('x', 501) }))).ExpectProblem(422, "invalid_value", "change_reason");
        (await api.GetAsync($"{path}/versions/2")).ExpectProblem(404, "message_version_not_found");
        (await api.GetAsync($"{path}/versions/x")).ExpectProblem(404, "message_version_not_found");
        (await api.GetAsync($"{path}/diff?from=1&to=2")).ExpectProblem(404, "message_version_not_found");
        (await api.GetAsync($"{path}/diff?from=1")).ExpectProblem(400, "invalid_parameter", "to");
        (await api.PostAsync($"{path}/versions/2/restore")).ExpectProblem(404, "message_version_not_found");
        (await servers.Fast.OtherUser.PatchAsync(path, """{"content":"mine"}""")).ExpectProblem(404, "message_not_found");
    }

    [Fact]
    public async Task A_deleted_message_is_not_edited_and_comes_back_as_it_was()
    {
        var path = await MessageAsync("one");
        await api.PatchAsync(path, """{"content":"two"}""");
        (await api.DeleteAsync(path)).Expect(200);
        (await api.PatchAsync(path, """{"content":"three"}""")).ExpectProblem(404, "message_not_found");
        (await api.GetAsync($"{path}/versions")).ExpectProblem(404, "message_not_found");
        (await api.PostAsync($"{path}/versions/1/restore")).ExpectProblem(404, "message_not_found");

        (await api.PostAsync($"{path}/restore")).Expect(200).Json.Text("content").ShouldBe("two");
        (await api.PostAsync($"{path}/restore")).Expect(200);
        (await api.GetAsync($"{path}/versions")).Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_message_of_a_shared_conversation_is_edited_by_its_sender_its_owner_and_admins_alone()
    {
        var conversation = await api.NewConversationAsync("""{"visibility":"organization"}""");
        var path = $"/v1/conversations/{conversation}/messages/{await api.NewMessageAsync(conversation, "one")}";
        (await servers.Fast.OtherUser.PatchAsync(path, """{"content":"mine"}""")).ExpectProblem(403, "forbidden");
        (await servers.Fast.OtherUser.PatchAsync(path, """{"metadata":{"a":"b"}}""")).ExpectProblem(403, "forbidden");
        (await servers.Fast.Admin.PatchAsync(path, """{"content":"admin's"}""")).Expect(200);
        (await api.GetAsync($"{path}/versions/2")).Json.Text("changed_by").ShouldBe(servers.Fast.Tenants.First.Admin.UserId.ToString());
    }

    [Fact]
    public async Task A_deleted_conversation_comes_back_with_its_messages()
    {
        var conversation = await api.NewConversationAsync();
        await api.NewMessageAsync(conversation, "kept");
        (await api.DeleteAsync($"/v1/conversations/{conversation}")).Expect(200);
        (await servers.Fast.OtherUser.PostAsync($"/v1/conversations/{conversation}/restore")).ExpectProblem(404, "conversation_not_found");
        (await api.PostAsync($"/v1/conversations/{conversation}/restore")).Expect(200).Json.ShouldBeA("conversation").Text("status").ShouldBe("active");
        (await api.GetAsync($"/v1/conversations/{conversation}/messages")).Items.Single().Text("content").ShouldBe("kept");
        (await api.PostAsync($"/v1/conversations/{Guid.CreateVersion7()}/restore")).ExpectProblem(404, "conversation_not_found");
    }

    async Task<string> MessageAsync(string content)
    {
        var conversation = await api.NewConversationAsync();
        return $"/v1/conversations/{conversation}/messages/{await api.NewMessageAsync(conversation, content)}";
    }
}
