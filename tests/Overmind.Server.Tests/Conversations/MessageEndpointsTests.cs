using System.Text.Json;

namespace Overmind.Server.Tests.Conversations;

public class MessageEndpointsTests(ApiServers servers)
{
    readonly Api api = servers.Fast.User;

    [Fact]
    public async Task An_appended_message_is_answered_whole_with_its_address()
    {
        var conversation = await api.NewConversationAsync();
        var parent = await api.NewMessageAsync(conversation, "Hello");
        var body = $$"""{"role":"assistant","content":"Good day","metadata":{"from":"import"},"parent_message_id":"{{parent}}"}""";
        var made = (await api.PostAsync($"/v1/conversations/{conversation}/messages", body)).Expect(201);
        var message = made.Json.ShouldBeA("message");
        made.Header("Location").ShouldBe($"/v1/conversations/{conversation}/messages/{made.Id}");
        message.GetProperty("conversation_id").GetGuid().ShouldBe(conversation);
        message.GetProperty("seq").GetInt32().ShouldBe(2);
        message.Text("role").ShouldBe("assistant");
        message.Text("content").ShouldBe("Good day");
        message.GetProperty("parent_message_id").GetGuid().ShouldBe(parent);
        message.GetProperty("edited").GetBoolean().ShouldBeFalse();
        (await api.GetAsync(made.Header("Location")!)).Expect(200).Text.ShouldBe(made.Text);
        (await api.GetAsync($"/v1/conversations/{conversation}")).Json.GetProperty("message_count").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_message_is_the_users_unless_it_says_otherwise()
    {
        var conversation = await api.NewConversationAsync();
        var message = (await api.PostAsync($"/v1/conversations/{conversation}/messages", """{"content":"Hello"}""")).Expect(201).Json;
        message.Text("role").ShouldBe("user");
        message.Text("sender_user_id").ShouldBe(servers.Fast.Tenants.First.User.UserId.ToString());
    }

    [Fact]
    public async Task A_deleted_message_is_gone_and_no_longer_counted()
    {
        var conversation = await api.NewConversationAsync();
        var message = await api.NewMessageAsync(conversation, "Hello");
        var path = $"/v1/conversations/{conversation}/messages/{message}";
        (await api.DeleteAsync(path)).Expect(200).Text.ShouldBe($$"""{"id":"{{message}}","object":"message.deleted","deleted":true}""");
        (await api.DeleteAsync(path)).ExpectProblem(404, "message_not_found");
        (await api.GetAsync(path)).ExpectProblem(404, "message_not_found");
        (await api.GetAsync($"/v1/conversations/{conversation}/messages")).ShouldBeAListOf("message").ShouldBeEmpty();
        (await api.GetAsync($"/v1/conversations/{conversation}")).Json.GetProperty("message_count").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_parent_of_another_conversation_is_refused()
    {
        var elsewhere = await api.NewMessageAsync(await api.NewConversationAsync(), "Hello");
        var body = $$"""{"content":"Good day","parent_message_id":"{{elsewhere}}"}""";
        (await api.PostAsync($"/v1/conversations/{await api.NewConversationAsync()}/messages", body))
            .ExpectProblem(422, "invalid_value", "parent_message_id");
    }

    [Theory]
    [InlineData("שלום עולם، مرحبا بالعالم")]
    [InlineData("👩‍👩‍👧‍👦 family, 🇸🇪 flag, a\u0301 combined, 𝔘𝔫𝔦𝔠𝔬𝔡𝔢")]
    [InlineData("<script>alert('&')</script> \"quotes\" \\ back\\slash \u2028 line \u0001 control \u007f")]
    [InlineData("\uFEFFa byte order mark, \uFFFD a replacement, \u202Eright to left\u202C")]
    [InlineData("  spaces, tabs\t and\r\n line ends \n")]
    public async Task Any_text_that_can_be_stored_comes_back_as_it_was(string content)
    {
        var conversation = await api.NewConversationAsync();
        var message = await api.NewMessageAsync(conversation, content);
        (await api.GetAsync($"/v1/conversations/{conversation}/messages/{message}")).Expect(200).Json.Text("content").ShouldBe(content);
        (await servers.Fast.Database.ScalarAsync<string>("select content from messages where id = $1", message)).ShouldBe(content);
    }

    [Fact]
    public async Task A_message_of_one_mebibyte_is_taken_and_one_byte_more_is_not()
    {
        var path = $"/v1/conversations/{await api.NewConversationAsync()}/messages";
        // Each é is two bytes, and twelve more of JSON when a client escapes it.
        var largest = new string('é', 512 * 1024);
        (await api.PostAsync(path, JsonSerializer.Serialize(new { content = largest }))).Expect(201).Json.Text("content").ShouldBe(largest);
        (await api.PostAsync(path, JsonSerializer.Serialize(new { content = largest + "a" }))).ExpectProblem(413, "message_too_large", "content");
        (await api.PostAsync(path, $$"""{"content":"{{new string('a', 8 * 1024 * 1024)}}"}""", ("Expect", "100-continue"))).ExpectProblem(413, "body_too_large");
        (await api.GetAsync(path)).Items.Count.ShouldBe(1);
    }
}
