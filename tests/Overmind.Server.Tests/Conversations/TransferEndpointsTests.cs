using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Overmind.Client;

namespace Overmind.Server.Tests.Conversations;

public class TransferEndpointsTests(ApiServers servers)
{
    readonly ApiServer server = servers.Fast;

    [Fact]
    public async Task An_export_comes_in_elsewhere_with_its_ids_times_branches_and_versions_and_twice_adds_nothing()
    {
        var api = server.User;
        var id = await api.NewConversationAsync("""{"title": "Boats", "tags": ["sea"], "folder": "Harbour"}""");
        var first = await api.NewMessageAsync(id, "One?");
        await api.NewMessageAsync(id, "Two?");
        (await api.PatchAsync($"/v1/conversations/{id}/messages/{first}", """{"content": "One, please?", "change_reason": "Kinder"}""")).Expect(200);
        (await api.PostAsync($"/v1/conversations/{id}/messages/{first}/fork", "{}")).Status.ShouldBeInRange(200, 201);
        var last = await api.NewMessageAsync(id, "Two, on a branch?");
        (await api.DeleteAsync($"/v1/conversations/{id}/messages/{last}")).Expect(200);
        var pinned = await api.NewMessageAsync(id, "Three, on a branch?");
        (await api.PostAsync($"/v1/conversations/{id}/messages/{pinned}/pin", "{}")).Expect(200);
        await server.Database.ExecuteAsync(
            "update conversations set approve_from_iteration = 2, approve_above_usd = 0.5, forked_from_conversation_id = $2, forked_from_message_id = $3 where id = $1",
            id, Guid.CreateVersion7(), Guid.CreateVersion7());
        var export = (await api.GetAsync($"/v1/exports/conversations?conversation_id={id}")).Expect(200);
        export.Header("Content-Type").ShouldBe("application/jsonl");

        (await ImportAsync(api, export.Text)).ShouldBe("overmind 0 1 0 0");
        (await ImportAsync(server.Stranger, export.Text)).ShouldBe("overmind 1 0 0 4");
        (await ImportAsync(server.Stranger, export.Text)).ShouldBe("overmind 0 1 0 0");

        var again = (await server.Stranger.GetAsync($"/v1/exports/conversations?conversation_id={id}")).Expect(200).Text;
        Comparable(again).ShouldBe(Comparable(export.Text));
        (await server.Stranger.GetAsync($"/v1/conversations/{id}/messages")).Items.Select(m => m.Text("content")).Order().ShouldBe(["One, please?", "Three, on a branch?"]);
        (await server.Stranger.GetAsync($"/v1/conversations/{id}")).Json.GetProperty("message_count").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task Attachments_go_along_with_their_bytes_and_are_stored_once_where_they_come_in()
    {
        var (api, stranger) = (new OvermindClient(server.Url, server.User.Key!), new OvermindClient(server.Url, server.Stranger.Key!));
        var bytes = new byte[700_000];
        new Random(9).NextBytes(bytes);
        "GIF89a"u8.CopyTo(bytes);
        var file = await api.Attachments.UploadAsync(new MemoryStream(bytes), "pattern.gif");
        var gone = await api.Attachments.UploadAsync(new MemoryStream("Gone"u8.ToArray()), "gone.txt");
        var conversation = await api.Conversations.CreateAsync();
        foreach (var id in (Guid[])[file.Id, gone.Id, file.Id])
            await api.Messages.AppendAsync(conversation.Id, new NewMessage
            {
                ContentParts = JsonElement.Parse($$$"""{"type": "multimodal", "parts": [{"type": "file", "attachment_id": "{{{id}}}"}]}"""),
            });
        await api.Attachments.DeleteAsync(gone.Id);
        var export = (await server.User.GetAsync($"/v1/exports/conversations?conversation_id={conversation.Id}")).Expect(200).Text;

        // A piece that is missing, and one that was changed, keep all of it out.
        foreach (var broken in (string[])[export.Replace("\"number\":1", "\"number\":7", StringComparison.Ordinal), export.Replace("R0lGODlh", "R0lGODlk", StringComparison.Ordinal)])
            (await ResultAsync(server.Stranger, broken)).GetProperty("problems")[0].Text("message")!.ShouldContain(file.Id.ToString());
        (await ImportAsync(server.Stranger, export)).ShouldBe("overmind 1 0 0 3");
        (await ImportAsync(server.Stranger, export)).ShouldBe("overmind 0 1 0 0");
        var taken = (await stranger.Attachments.ListAsync(conversationId: conversation.Id)).Items.ShouldHaveSingleItem();
        (taken.Id, taken.Name, taken.MediaType, taken.Sha256, taken.MessageIds.Count).ShouldBe((file.Id, "pattern.gif", "image/gif", file.Sha256, 2));
        using var read = new MemoryStream();
        await using (var content = await stranger.Attachments.DownloadAsync(taken.Id))
            await content.CopyToAsync(read);
        read.ToArray().ShouldBe(bytes);
        (await stranger.Messages.ListAsync(conversation.Id)).Items.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Lines_of_messages_come_in_with_calls_of_tools()
    {
        var mark = Guid.CreateVersion7();
        var lines = $$$"""
            {"messages": [{"role": "system", "content": "{{{mark}}}"}, {"role": "user", "content": "Weather?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "weather", "arguments": "{\"city\": \"Lima\"}"}}]}, {"role": "tool", "tool_call_id": "c1", "content": "Mist."}]}

            {"messages": []}
            {"prompt": "{{{mark}}}"}
            {"messages": [{"role": "user", "content": "{{{mark}}}"}]
            """;
        var result = await ResultAsync(server.User, lines);
        (result.GetProperty("imported").GetInt32(), result.GetProperty("failed").GetInt32()).ShouldBe((1, 3));
        result.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("line").GetInt64()).ShouldBe([3, 4, 5]);
        (await ImportAsync(server.User, lines)).ShouldBe("openai 0 1 3 0");
        (await server.Database.ScalarAsync<string>(
            "select string_agg(concat_ws(' ', m.role, m.content, m.tools #>> '{0,arguments,city}', m.content_parts ->> 'tool_call_id'), '; ' order by m.seq) from messages m where conversation_id = (select conversation_id from messages where content = $1)", mark.ToString()))
            .ShouldBe($$"""system {{mark}}; user Weather?; assistant weather({"city":"Lima"}) Lima; tool Mist. c1""");
    }

    [Fact]
    public async Task A_tree_of_ChatGPT_becomes_branches_and_what_was_shown_last_is_the_trunk()
    {
        var id = Guid.CreateVersion7();
        var file = """
            [{"conversation_id": "CONVERSATION", "title": "Boats", "create_time": 1700000000.5, "update_time": 1700000100, "current_node": "a2",
              "mapping": {
                "root": {"id": "root", "parent": null, "children": ["s"], "message": null},
                "s": {"id": "s", "parent": "root", "message": {"author": {"role": "system"}, "content": {"content_type": "text", "parts": [""]}, "metadata": {"is_visually_hidden_from_conversation": true}}},
                "u1": {"id": "u1", "parent": "s", "message": {"author": {"role": "user"}, "create_time": 1700000001, "content": {"content_type": "text", "parts": ["One?"]}, "metadata": {}}},
                "a1": {"id": "a1", "parent": "u1", "message": {"author": {"role": "assistant"}, "create_time": 1700000002, "content": {"content_type": "text", "parts": ["First."]}, "metadata": {"model_slug": "gpt-4"}}},
                "a2": {"id": "a2", "parent": "u1", "message": {"author": {"role": "assistant"}, "create_time": 1700000003, "content": {"content_type": "text", "parts": ["Second."]}, "metadata": {"model_slug": "gpt-4"}}},
                "u2": {"id": "u2", "parent": "a1", "message": {"author": {"role": "user"}, "create_time": 1700000004, "content": {"content_type": "multimodal_text", "parts": [{"asset_pointer": "x"}, "And this?"]}, "metadata": {}}}
              }},
             {"conversation_id": "CONVERSATION-circle", "title": "Circle", "create_time": 1700000000, "mapping": {"a": {"parent": "b"}, "b": {"parent": "a"}}},
             {"title": "No tree"}]
            """.Replace("CONVERSATION", id.ToString(), StringComparison.Ordinal);
        (await ImportAsync(server.User, file)).ShouldBe("chatgpt 1 0 2 4");
        (await ImportAsync(server.User, file)).ShouldBe("chatgpt 0 1 2 0");

        (await server.Database.ScalarAsync<string>(
            """
            select concat_ws('; ', c.title, extract(epoch from c.created_at), c.active_branch, (
                select string_agg(concat_ws(' ', m.branch, m.role, m.content, extract(epoch from m.created_at)::bigint - 1700000000, m.model_used), '; ' order by m.seq)
                from messages m
                where m.conversation_id = c.id))
            from conversations c
            where c.metadata ->> 'source_id' = $1
            """, id.ToString()))
            .ShouldBe("Boats; 1700000000.500000; 0; 0 user One? 1; 0 assistant Second. 3 gpt-4; 1 assistant First. 2 gpt-4; 1 user (image)\nAnd this? 4");
        (await server.Database.ScalarAsync<string>(
            "select concat_ws(' ', parent_number, forked_after_seq) from conversation_branches where conversation_id = (select id from conversations where metadata ->> 'source_id' = $1)", id.ToString())).ShouldBe("0 1");
        // The original time is in the id.
        (await server.Database.ScalarAsync<string>("select left(id::text, 13) from conversations where metadata ->> 'source_id' = $1", id.ToString())).ShouldBe("018bcfe5-69f4");
    }

    [Fact]
    public async Task A_file_that_is_cut_off_loses_the_conversation_that_it_is_cut_off_in()
    {
        var api = server.OtherUser;
        var (one, two) = (await api.NewConversationAsync(), await api.NewConversationAsync());
        foreach (var id in (Guid[])[one, two]) await api.NewMessageAsync(id, "Whole?");
        var lines = (await api.GetAsync($"/v1/exports/conversations?conversation_id={one}")).Text + (await api.GetAsync($"/v1/exports/conversations?conversation_id={two}")).Text;
        var stranger = server.Stranger;

        var cut = await ResultAsync(stranger, lines[..^60]);
        (cut.GetProperty("imported").GetInt32(), cut.GetProperty("failed").GetInt32()).ShouldBe((1, 1));
        var problem = cut.GetProperty("problems")[0];
        (problem.GetProperty("line").GetInt64(), problem.Text("conversation")).ShouldBe((6, two.ToString()));
        (await stranger.GetAsync($"/v1/conversations/{two}")).ExpectProblem(404, "conversation_not_found");

        // A line that is missing in the middle is one too few.
        var missing = string.Join('\n', lines.Split('\n').Where(line => !line.Contains("\"message\"", StringComparison.Ordinal) || !line.Contains(two.ToString(), StringComparison.Ordinal)));
        (await ResultAsync(stranger, missing)).GetProperty("problems")[0].Text("message").ShouldBe("Lines of the conversation are missing.");
        (await ImportAsync(stranger, lines)).ShouldBe("overmind 1 1 0 1");
    }

    [Fact]
    public async Task Nothing_comes_in_as_somebody_elses_or_with_what_moderation_is_said_to_have_found()
    {
        var (id, message) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var other = server.Tenants.First.OtherUser.UserId;
        var lines = $$$"""
            {"object": "conversation", "row": {"id": "{{{id}}}", "user_id": "{{{other}}}", "organization_id": "{{{server.Tenants.Second.OrganizationId}}}", "project_id": "{{{Guid.CreateVersion7()}}}", "workflow_id": "{{{Guid.CreateVersion7()}}}", "message_count": 70}}
            {"object": "message", "row": {"id": "{{{message}}}", "seq": 7, "branch": 0, "user_id": "{{{other}}}", "sender_user_id": "{{{other}}}", "role": "user", "content": "Mine?", "moderation_status": "approved"}}
            {"object": "conversation.end", "id": "{{{id}}}", "lines": 1}
            """;
        (await ImportAsync(server.User, lines)).ShouldBe("overmind 1 0 0 1");
        (await server.Database.ScalarAsync<string>(
            """
            select concat_ws(' ', c.organization_id = $2, c.user_id = $3, c.message_count, m.seq, m.sender_user_id = $3, m.moderation_status is distinct from 'approved')
            from conversations c
            join messages m on m.conversation_id = c.id
            where c.id = $1
            """, id, server.Tenants.First.OrganizationId, server.Tenants.First.User.UserId!.Value)).ShouldBe("t t 1 1 t t");
    }

    [Theory]
    [InlineData("""{"role": "user", "content": "a"}""", "")]
    [InlineData("<html>", "")]
    [InlineData("PK\u0003\u0004", "")]
    [InlineData("", "")]
    [InlineData("""{"messages": [{"role": "user", "content": "a"}]}""", "?format=chatgpt")]
    public async Task A_file_of_another_kind_is_refused(string text, string query) =>
        (await SendAsync(server.User, text, query)).ExpectProblem(400, "unknown_import_format", "format");

    [Fact]
    public async Task A_line_that_is_too_long_is_told_and_read_past()
    {
        var long16 = $$"""{"messages": [{"role": "user", "content": "{{new string('a', (16 * 1024 * 1024) + 10)}}"}]}""";
        var result = await ResultAsync(server.User, $$"""{"messages": [{"role": "user", "content": "{{new string('b', (1024 * 1024) + 1)}}"}]}""" + "\n" + long16 + "\n" + $$"""{"messages": [{"role": "user", "content": "{{Guid.CreateVersion7()}}"}]}""");
        (result.GetProperty("imported").GetInt32(), result.GetProperty("failed").GetInt32()).ShouldBe((1, 2));
        result.GetProperty("problems")[0].Text("message").ShouldNotBeNull().ShouldContain("1048576");
        result.GetProperty("problems")[1].Text("message").ShouldNotBeNull().ShouldContain("longer than 16777216 bytes");
    }

    [Fact]
    public async Task A_zip_or_a_form_is_no_file_and_a_viewer_imports_nothing()
    {
        using var form = new MultipartFormDataContent { { new StringContent("{}"), "file", "conversations.json" } };
        using var answered = await server.User.Http.PostAsync("/v1/imports", form);
        (await Answer.ReadAsync(answered)).ExpectProblem(415, "unsupported_media_type");
        (await SendAsync(server.Viewer, """{"messages": [{"role": "user", "content": "a"}]}""", "")).ExpectProblem(403, "forbidden");
    }

    [Fact]
    public async Task The_client_takes_out_and_in()
    {
        var client = new OvermindClient(server.Url, server.User.Key!);
        var conversation = await client.Conversations.CreateAsync();
        await using var export = await client.Conversations.ExportAsync(conversation.Id);
        var other = new OvermindClient(server.Url, server.Stranger.Key!);
        var result = await other.Conversations.ImportAsync(export, "overmind");
        (result.Format, result.Imported, result.Messages, result.Problems.Count).ShouldBe(("overmind", 1, 0, 0));
        (await other.Conversations.GetAsync(conversation.Id)).Title.ShouldBe(conversation.Title);
    }

    static async Task<string> ImportAsync(Api api, string text)
    {
        var result = (await ResultAsync(api, text)).ShouldBeA("import");
        return string.Join(' ', ((string[])["format", "imported", "skipped", "failed", "messages"]).Select(m => result.GetProperty(m).ToString()));
    }

    static async Task<JsonElement> ResultAsync(Api api, string text) => (await SendAsync(api, text, "")).Expect(200).Json;

    static async Task<Answer> SendAsync(Api api, string text, string query)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/jsonl");
        using var response = await api.Http.PostAsync($"/v1/imports{query}", content);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Without what is of the importer or of the time of the import.</summary>
    static IReadOnlyList<string> Comparable(string export)
    {
        // A title gets its vector of a job, in the meantime.
        string[] own = ["embedding", "embedding_model_provider", "embedding_model_name", "embedding_dimensions", "embedded_at", "user_id", "sender_user_id", "changed_by", "created_by", "updated_at", "exported_at"];
        return [.. export.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => JsonElement.Parse(line)).Where(line => line.TryGetProperty("row", out _))
            .Select(line => string.Join(", ", line.GetProperty("row").EnumerateObject().Where(m => !own.Contains(m.Name) && !(line.Text("object") == "message.version" && m.Name == "id")).Select(m => $"{m.Name}: {m.Value}")))];
    }
}
