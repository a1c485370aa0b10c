using System.Text.Json;

namespace Overmind.Server.Tests.Conversations;

public class ConversationEndpointsTests(ApiServers servers)
{
    readonly Api api = servers.Fast.User;

    [Fact]
    public async Task A_new_conversation_is_answered_whole_with_its_address()
    {
        var body =
            """
            {"title":"Boats","visibility":"organization","tags":["sea","wood"],"folder":"Work","metadata":{"ticket":"42"},
             "quality_threshold":8.5,"max_n2_iterations":2,"cost_cap_usd":"1.50"}
            """;
        var made = (await api.PostAsync("/v1/conversations", body)).Expect(201);
        var conversation = made.Json.ShouldBeA("conversation");
        made.Header("Location").ShouldBe($"/v1/conversations/{made.Id}");
        conversation.Text("title").ShouldBe("Boats");
        conversation.Text("visibility").ShouldBe("organization");
        conversation.Text("status").ShouldBe("active");
        conversation.Text("user_id").ShouldBe(servers.Fast.Tenants.First.User.UserId.ToString());
        conversation.GetProperty("tags").GetRawText().ShouldBe("""["sea","wood"]""");
        conversation.Text("folder").ShouldBe("Work");
        JsonElement.DeepEquals(conversation.GetProperty("metadata"), JsonDocument.Parse("""{"ticket":"42"}""").RootElement).ShouldBeTrue();
        conversation.GetProperty("quality_threshold").GetDouble().ShouldBe(8.5);
        conversation.GetProperty("max_n2_iterations").GetInt32().ShouldBe(2);
        decimal.Parse(conversation.Text("cost_cap_usd")!).ShouldBe(1.5m);
        conversation.GetProperty("created_at").GetDateTimeOffset().Offset.ShouldBe(TimeSpan.Zero);
        var read = (await api.GetAsync(made.Header("Location")!)).Expect(200);
        read.Text.ShouldBe(made.Text);
        read.Header("ETag").ShouldBe(made.Header("ETag"));
    }

    [Fact]
    public async Task Everything_of_a_new_conversation_may_be_left_out()
    {
        var conversation = (await api.PostAsync("/v1/conversations")).Expect(201).Json.ShouldBeA("conversation");
        conversation.Text("title").ShouldBe("New Conversation");
        conversation.Text("visibility").ShouldBe("private");
        conversation.GetProperty("message_count").GetInt32().ShouldBe(0);
        conversation.GetProperty("quality_threshold").ValueKind.ShouldBe(JsonValueKind.Null);
        conversation.GetProperty("metadata").GetRawText().ShouldBe("{}");
    }

    [Fact]
    public async Task The_title_is_made_from_the_first_message_and_a_given_one_stays()
    {
        var untitled = await api.NewConversationAsync();
        await api.NewMessageAsync(untitled, "How do I **varnish** a boat?\n\nIt is of oak.");
        (await api.GetAsync($"/v1/conversations/{untitled}")).Json.Text("title").ShouldNotBeNull().ShouldStartWith("How do I");
        var titled = await api.NewConversationAsync("""{"title":"Mine"}""");
        await api.NewMessageAsync(titled, "How do I varnish a boat?");
        (await api.GetAsync($"/v1/conversations/{titled}")).Json.Text("title").ShouldBe("Mine");
    }

    [Fact]
    public async Task A_conversation_is_read_together_with_its_newest_messages()
    {
        var id = await api.NewConversationAsync();
        foreach (var content in new[] { "one", "two", "three" })
            await api.NewMessageAsync(id, content);
        var both = (await api.GetAsync($"/v1/conversations/{id}?include=messages&limit=2")).Expect(200);
        both.Header("ETag").ShouldNotBeNull();
        Shapes.Members(both.Json).ShouldBe(["conversation", "messages"]);
        both.Json.GetProperty("conversation").ShouldBeA("conversation").GetProperty("message_count").GetInt32().ShouldBe(3);
        var messages = both.Json.GetProperty("messages").ShouldBeA("list");
        messages.GetProperty("data").EnumerateArray().Select(m => m.ShouldBeA("message").Text("content")).ShouldBe(["two", "three"]);
        messages.GetProperty("has_more").GetBoolean().ShouldBeTrue();
        (await api.GetAsync($"/v1/conversations/{id}?include=runs")).ExpectProblem(400, "invalid_parameter", "include");
        (await api.GetAsync($"/v1/conversations/{id}?include=messages&limit=101")).ExpectProblem(400, "invalid_parameter", "limit");
    }

    [Fact]
    public async Task A_change_touches_what_it_names_and_null_clears()
    {
        var id = await api.NewConversationAsync("""{"title":"Old","folder":"Work","tags":["a"],"quality_threshold":7}""");
        var changed = (await api.PatchAsync($"/v1/conversations/{id}", """{"title":"New","folder":null,"status":"archived"}""")).Expect(200).Json;
        changed.ShouldBeA("conversation");
        changed.Text("title").ShouldBe("New");
        changed.Text("folder").ShouldBeNull();
        changed.Text("status").ShouldBe("archived");
        changed.GetProperty("tags").GetArrayLength().ShouldBe(1);
        changed.GetProperty("quality_threshold").GetDouble().ShouldBe(7);
        (await api.PatchAsync($"/v1/conversations/{id}", """{"quality_threshold":null}""")).Expect(200)
            .Json.GetProperty("quality_threshold").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_change_of_what_has_changed_meanwhile_is_refused()
    {
        var made = (await api.PostAsync("/v1/conversations")).Expect(201);
        var path = $"/v1/conversations/{made.Id}";
        var tag = made.Header("ETag")!;
        var changed = (await api.PatchAsync(path, """{"title":"First"}""", ("If-Match", tag))).Expect(200);
        changed.Header("ETag").ShouldNotBe(tag);
        (await api.PatchAsync(path, """{"title":"Second"}""", ("If-Match", tag))).ExpectProblem(412, "precondition_failed");
        (await api.PatchAsync(path, """{"title":"Second"}""", ("If-Match", "\"nonsense\""))).ExpectProblem(412, "precondition_failed");
        (await api.GetAsync(path)).Json.Text("title").ShouldBe("First");
        (await api.PatchAsync(path, """{"title":"Third"}""", ("If-Match", changed.Header("ETag")!))).Expect(200);
        (await api.PatchAsync(path, """{"title":"Fourth"}""", ("If-Match", "*"))).Expect(200);
    }

    [Fact]
    public async Task What_has_changed_meanwhile_is_not_deleted()
    {
        var made = (await api.PostAsync("/v1/conversations")).Expect(201);
        var path = $"/v1/conversations/{made.Id}";
        var changed = (await api.PatchAsync(path, """{"title":"Kept"}""")).Expect(200);
        (await api.SendAsync(HttpMethod.Delete, path, null, ("If-Match", made.Header("ETag")!))).ExpectProblem(412, "precondition_failed");
        (await api.GetAsync(path)).Expect(200);
        (await api.SendAsync(HttpMethod.Delete, path, null, ("If-Match", changed.Header("ETag")!))).Expect(200);
        (await api.SendAsync(HttpMethod.Delete, path, null, ("If-Match", changed.Header("ETag")!))).ExpectProblem(404, "conversation_not_found");
    }

    [Fact]
    public async Task What_is_deleted_is_gone()
    {
        var id = await api.NewConversationAsync();
        var message = await api.NewMessageAsync(id, "Hello");
        var deleted = (await api.DeleteAsync($"/v1/conversations/{id}")).Expect(200);
        deleted.Text.ShouldBe($$"""{"id":"{{id}}","object":"conversation.deleted","deleted":true}""");
        (await api.DeleteAsync($"/v1/conversations/{id}")).ExpectProblem(404, "conversation_not_found");
        (await api.GetAsync($"/v1/conversations/{id}/messages/{message}")).ExpectProblem(404, "message_not_found");
        (await api.GetAsync("/v1/conversations?limit=100")).Items.ShouldAllBe(item => item.GetProperty("id").GetGuid() != id);
    }

    [Fact]
    public async Task A_list_has_those_of_the_status_asked_for()
    {
        var active = await api.NewConversationAsync();
        var archived = await api.NewConversationAsync();
        await api.PatchAsync($"/v1/conversations/{archived}", """{"status":"archived"}""");
        async Task<IEnumerable<Guid>> IdsAsync(string query) =>
            (await api.GetAsync($"/v1/conversations?limit=100{query}")).ShouldBeAListOf("conversation").Select(c => c.GetProperty("id").GetGuid());
        (await IdsAsync("&status=active")).ShouldContain(active);
        (await IdsAsync("&status=active")).ShouldNotContain(archived);
        (await IdsAsync("&status=archived")).ShouldContain(archived);
        var both = await IdsAsync("");
        both.ShouldContain(active);
        both.ShouldContain(archived);
        (await api.GetAsync("/v1/conversations?status=gone")).ExpectProblem(400, "invalid_parameter", "status");
    }

    [Fact]
    public async Task A_private_conversation_is_its_owners_and_the_admins_and_a_shared_one_everybodys()
    {
        var server = servers.Fast;
        var mine = await api.NewConversationAsync();
        var shared = await api.NewConversationAsync("""{"visibility":"organization"}""");
        (await server.OtherUser.GetAsync($"/v1/conversations/{mine}")).ExpectProblem(404, "conversation_not_found");
        (await server.Admin.GetAsync($"/v1/conversations/{mine}")).Expect(200);
        (await server.OtherUser.GetAsync($"/v1/conversations/{shared}")).Expect(200);
        (await server.Viewer.GetAsync($"/v1/conversations/{shared}")).Expect(200);
    }
}
