namespace Overmind.Server.Tests.Conversations;

public class ConversationSessionEndpointsTests(ApiServers servers)
{
    readonly Api api = servers.Fast.User;

    [Fact]
    public async Task A_session_is_begun_paused_taken_up_again_and_completed()
    {
        var conversation = await api.NewConversationAsync();
        var begun = (await api.PostAsync($"/v1/conversations/{conversation}/sessions", """{"session_state":{"step":1}}""")).Expect(201);
        begun.Json.ShouldBeA("conversation.session").Text("status").ShouldBe("active");
        var path = begun.Header("Location")!;
        path.ShouldBe($"/v1/conversations/{conversation}/sessions/{begun.Id}");
        (await api.PostAsync($"/v1/conversations/{conversation}/messages", $$"""{"content":"Hello","session_id":"{{begun.Id}}"}""")).Expect(201)
            .Json.Text("session_id").ShouldBe(begun.Id.ToString());

        var paused = (await api.PatchAsync(path, """{"status":"paused","interruption_context":{"asked":"which wood"}}""")).Expect(200).Json;
        paused.GetProperty("interruption_context").Text("asked").ShouldBe("which wood");
        paused.GetProperty("message_count").GetInt32().ShouldBe(1);
        (await api.PostAsync($"/v1/conversations/{conversation}/messages", $$"""{"content":"Hello","session_id":"{{begun.Id}}"}""")).ExpectProblem(422, "invalid_value", "session_id");

        (await api.PatchAsync(path, """{"status":"active","interruption_context":null,"session_state":{"step":2}}""")).Expect(200).Json.GetProperty("session_state").GetProperty("step").GetInt32().ShouldBe(2);
        var ended = (await api.PatchAsync(path, """{"status":"completed"}""")).Expect(200).Json;
        ended.Text("ended_at").ShouldNotBeNull();
        (await api.PatchAsync(path, """{"status":"active"}""")).ExpectProblem(409, "session_completed", "status");
        (await api.PatchAsync(path, """{"status":"abandoned"}""")).ExpectProblem(422, "invalid_value", "status");
        (await api.GetAsync(path)).Expect(200).Header("ETag").ShouldNotBeNull();
    }

    [Fact]
    public async Task Sessions_are_listed_by_status_and_found_in_their_conversation_alone()
    {
        var conversation = await api.NewConversationAsync();
        var first = (await api.PostAsync($"/v1/conversations/{conversation}/sessions")).Expect(201).Id;
        var second = (await api.PostAsync($"/v1/conversations/{conversation}/sessions")).Expect(201).Id;
        await api.PatchAsync($"/v1/conversations/{conversation}/sessions/{first}", """{"status":"paused"}""");

        (await api.GetAsync($"/v1/conversations/{conversation}/sessions")).ShouldBeAListOf("conversation.session").Select(s => s.Text("id")).ShouldBe([second.ToString(), first.ToString()]);
        (await api.GetAsync($"/v1/conversations/{conversation}/sessions?status=paused")).Items.Single().Text("id").ShouldBe(first.ToString());
        (await api.GetAsync($"/v1/conversations/{await api.NewConversationAsync()}/sessions/{first}")).ExpectProblem(404, "conversation_session_not_found");
        (await servers.Fast.OtherUser.GetAsync($"/v1/conversations/{conversation}/sessions/{first}")).ExpectProblem(404, "conversation_session_not_found");
        (await servers.Fast.OtherUser.PostAsync($"/v1/conversations/{conversation}/sessions")).ExpectProblem(404, "conversation_not_found");
        (await api.PostAsync($"/v1/conversations/{conversation}/sessions", """{"agent_id":"00000000-0000-7000-8000-000000000001"}""")).ExpectProblem(422, "invalid_value", "agent_id");
    }

    [Fact]
    public async Task Of_two_changes_of_one_version_the_second_is_refused()
    {
        var conversation = await api.NewConversationAsync();
        var begun = (await api.PostAsync($"/v1/conversations/{conversation}/sessions")).Expect(201);
        var path = begun.Header("Location")!;
        // What is said in it is no change of it.
        (await api.PostAsync($"/v1/conversations/{conversation}/messages", $$"""{"content":"Hello","session_id":"{{begun.Id}}"}""")).Expect(201);
        (await api.PatchAsync(path, """{"status":"paused"}""", ("If-Match", begun.Header("ETag")!))).Expect(200);
        (await api.PatchAsync(path, """{"status":"completed"}""", ("If-Match", begun.Header("ETag")!))).ExpectProblem(412, "precondition_failed");
    }
}
