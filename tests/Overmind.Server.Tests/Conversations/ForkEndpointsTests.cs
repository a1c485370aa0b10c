namespace Overmind.Server.Tests.Conversations;

public class ForkEndpointsTests(ApiServers servers)
{
    readonly Api api = servers.Fast.User;

    [Fact]
    public async Task A_branch_becomes_a_conversation_that_goes_its_own_way()
    {
        var source = await api.NewConversationAsync();
        await SayAsync(source, "One.");
        var second = await SayAsync(source, "Two.");
        await SayAsync(source, "Three.");

        var fork = (await api.PostAsync($"/v1/conversations/{source}/fork", $$"""{"message_id": "{{second}}", "title": "Otherwise", "visibility": "organization"}""")).Expect(201);
        fork.Header("Location").ShouldBe($"/v1/conversations/{fork.Id}");
        var made = fork.Json.ShouldBeA("conversation");
        (made.Text("title"), made.Text("visibility"), made.GetProperty("message_count").GetInt32()).ShouldBe(("Otherwise", "organization", 2));
        (made.Text("forked_from_conversation_id"), made.Text("forked_from_message_id")).ShouldBe((source.ToString(), second.ToString()));
        await SayAsync(fork.Id, "Four.");
        (await TextsAsync(fork.Id)).ShouldBe(["One.", "Two.", "Four."]);
        (await TextsAsync(source)).ShouldBe(["One.", "Two.", "Three."]);
    }

    [Fact]
    public async Task Nothing_is_made_of_a_message_that_is_not_there()
    {
        var source = await api.NewConversationAsync();
        var gone = await SayAsync(source, "Gone.");
        var elsewhere = await SayAsync(await api.NewConversationAsync(), "Elsewhere.");
        await api.DeleteAsync($"/v1/conversations/{source}/messages/{gone}");
        foreach (var message in (Guid[])[gone, elsewhere, Guid.CreateVersion7()])
            (await api.PostAsync($"/v1/conversations/{source}/fork", $$"""{"message_id": "{{message}}"}""")).ExpectProblem(404, "message_not_found");
        (await servers.Fast.OtherUser.PostAsync($"/v1/conversations/{source}/fork", $$"""{"message_id": "{{elsewhere}}"}""")).ExpectProblem(404, "conversation_not_found");
        (await api.PostAsync($"/v1/conversations/{source}/fork")).ExpectProblem(422, "missing_field", "message_id");
        (await api.PostAsync($"/v1/conversations/{source}/fork", $$"""{"message_id": "{{elsewhere}}", "title": ""}""")).ExpectProblem(422, "invalid_value", "title");
    }

    async Task<Guid> SayAsync(Guid conversation, string text) =>
        (await api.PostAsync($"/v1/conversations/{conversation}/messages", $$"""{"content": "{{text}}"}""")).Expect(201).Id;

    async Task<IEnumerable<string?>> TextsAsync(Guid conversation) =>
        (await api.GetAsync($"/v1/conversations/{conversation}/messages?order=asc")).Items.Select(m => m.Text("content"));
}
