using System.Text.Json;

namespace Overmind.Server.Tests.Openai;

public class KeptExchangeTests(Door door) : IClassFixture<Door>
{
    const string Header = "x-overmind-conversation";

    [Fact]
    public async Task An_exchange_is_kept_and_what_is_there_already_is_not_written_again()
    {
        var first = await AskAsync("new", ("system", "Be brief."), ("user", "One?"));
        var id = first.Header(Header).ShouldNotBeNull();
        (await MessagesAsync(id)).ShouldBe(["system Be brief.", "user One?", "assistant Hello world."]);

        (await AskAsync(id, ("system", "Be brief."), ("user", "One?"), ("assistant", "Hello world."), ("user", "Two?"))).Header(Header).ShouldBe(id);
        (await MessagesAsync(id)).ShouldBe(["system Be brief.", "user One?", "assistant Hello world.", "user Two?", "assistant Hello world."]);

        var conversation = (await door.User.GetAsync($"/v1/conversations/{id}?include=messages")).Expect(200).Json;
        conversation.GetProperty("conversation").GetProperty("title").GetString().ShouldBe("One?");
        var answer = conversation.GetProperty("messages").GetProperty("data")[2];
        (answer.Text("model_used"), answer.GetProperty("tokens_used").GetInt32()).ShouldBe(("up/plain", 28));
        (await door.Server.Database.ScalarAsync<long>("select count(*) from token_usage where conversation_id = $1", Guid.Parse(id))).ShouldBe(2);
    }

    [Fact]
    public async Task A_stream_is_kept_too_and_calls_of_tools_with_it()
    {
        var streamed = await door.AskAsync(
            """
            "model": "up/tools", "stream": true, "messages": [{"role": "user", "content": "Weather in Lima?"}]
            """, (Header, "new"));
        var id = streamed.Expect(200).Header(Header).ShouldNotBeNull();
        (await MessagesAsync(id)).ShouldBe(["user Weather in Lima?", """assistant weather({"city":"Lima"})"""]);

        (await door.AskAsync(
            """
            "model": "up/plain", "messages": [
                {"role": "user", "content": "Weather in Lima?"},
                {"role": "assistant", "content": null, "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": "{\"city\": \"Lima\"}"}}]},
                {"role": "tool", "tool_call_id": "call_1", "content": "Mist."}]
            """, (Header, id))).Expect(200);
        (await MessagesAsync(id)).ShouldBe(["user Weather in Lima?", """assistant weather({"city":"Lima"})""", "tool Mist.", "assistant Hello world."]);
    }

    [Fact]
    public async Task A_run_answers_in_the_conversation_with_what_was_said_before()
    {
        var answered = await door.AskAsync(
            """
            "model": "overmind/general-problem-solving", "messages": [
                {"role": "user", "content": "We keep boats."}, {"role": "assistant", "content": "Noted."}, {"role": "user", "content": "How is a hull varnished?"}]
            """);
        var id = answered.Expect(200).Header(Header).ShouldNotBeNull();
        var kept = await MessagesAsync(id);
        kept.SkipLast(1).ShouldBe(["user We keep boats.", "assistant Noted.", "user How is a hull varnished?"]);
        kept[^1].ShouldBe("assistant " + answered.Json.GetProperty("choices")[0].GetProperty("message").Text("content"));
        (await door.User.GetAsync($"/v1/runs/{answered.Header("x-overmind-run")}")).Expect(200).Json.Text("status").ShouldBe("succeeded");
    }

    [Fact]
    public async Task An_answer_is_not_lost_where_it_cannot_be_kept()
    {
        var id = (await AskAsync("new", ("user", "One?"))).Header(Header)!;
        var asking = door.AskAsync(
            """
            "model": "up/held", "messages": [{"role": "user", "content": "One?"}]
            """, (Header, id));
        await door.Upstream.Held.Task;
        (await door.User.DeleteAsync($"/v1/conversations/{id}")).Expect(200);
        door.Upstream.MayEnd.SetResult();

        var answered = await asking;
        answered.Expect(200).Json.GetProperty("choices")[0].GetProperty("message").Text("content").ShouldBe("Held.");
        answered.Header($"{Header}-error").ShouldBe("conversation_not_found");
    }

    [Fact]
    public async Task An_answer_that_is_made_anew_and_a_question_that_is_put_otherwise_are_branches()
    {
        var id = (await AskAsync("new", ("user", "One?"))).Header(Header)!;
        await AskAsync(id, ("user", "One?"), ("assistant", "Hello world."), ("user", "Two?"));
        await AskAsync(id, ("user", "One?"), ("assistant", "Hello world."), ("user", "Two, please?"));
        (await MessagesAsync(id)).ShouldBe(["user One?", "assistant Hello world.", "user Two, please?", "assistant Hello world."]);

        // Another answer to the first question, and another first question.
        await AskAsync(id, ("user", "One?"));
        (await MessagesAsync(id)).ShouldBe(["user One?", "assistant Hello world."]);
        await AskAsync(id, ("user", "None?"));
        (await MessagesAsync(id)).ShouldBe(["user None?", "assistant Hello world."]);
        (await door.Server.Database.ScalarAsync<string>(
            "select string_agg(concat_ws(' ', number, parent_number, forked_after_seq), ', ' order by number) from conversation_branches where conversation_id = $1", Guid.Parse(id)))
            .ShouldBe("1 0 2, 2 0 2, 3 0 0");
        (await door.User.GetAsync($"/v1/conversations/{id}")).Json.GetProperty("message_count").GetInt32().ShouldBe(8);
    }

    [Theory]
    [InlineData("first", 400, "invalid_parameter")]
    [InlineData("019a7d2f-6c0b-7e5f-9f0c-2f4a9d3b1e77", 404, "conversation_not_found")]
    public async Task A_conversation_that_is_not_there_is_told_before_anything_is_called(string conversation, int status, string code)
    {
        var before = door.Upstream.Requests.Count;
        var refused = await AskAsync(conversation, ("user", "a"));
        refused.Expect(status).Json.GetProperty("error").Text("code").ShouldBe(code);
        door.Upstream.Requests.Count.ShouldBe(before);
    }

    Task<Answer> AskAsync(string conversation, params (string Role, string Content)[] messages) => door.AskAsync(
        $"\"model\": \"up/plain\", \"messages\": {JsonSerializer.Serialize(messages.Select(m => new { role = m.Role, content = m.Content }))}", (Header, conversation));

    async Task<IReadOnlyList<string>> MessagesAsync(string conversation) =>
        [.. (await door.User.GetAsync($"/v1/conversations/{conversation}/messages")).Expect(200).Items.OrderBy(m => m.GetProperty("seq").GetInt64()).Select(m => $"{m.Text("role")} {m.Text("content")}")];
}
