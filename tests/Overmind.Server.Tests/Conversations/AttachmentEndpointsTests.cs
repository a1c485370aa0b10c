using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Overmind.Client;

namespace Overmind.Server.Tests.Conversations;

public sealed class AttachmentEndpointsTests(ApiServers servers)
{
    static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    ApiServer Server => servers.Fast;

    [Fact]
    public async Task A_file_goes_up_is_shown_by_a_message_and_comes_down()
    {
        var client = new OvermindClient(Server.Url, Server.User.Key!);
        var sent = await UploadAsync(Server.User, "harbour chart.png", "image/png", Png);
        var json = sent.Expect(201).Json.ShouldBeA("attachment");
        sent.Header("Location").ShouldBe($"/v1/attachments/{sent.Id}");
        (json.Text("name"), json.Text("media_type"), json.GetProperty("size_bytes").GetInt32(), json.Text("conversation_id")).ShouldBe(("harbour chart.png", "image/png", Png.Length, null));

        var conversation = await client.Conversations.CreateAsync();
        var parts = System.Text.Json.JsonElement.Parse($$"""{"type": "multimodal", "parts": [{"type": "text", "text": "Which buoy?"}, {"type": "image", "attachment_id": "{{sent.Id}}"}]}""");
        var message = await client.Messages.AppendAsync(conversation.Id, new NewMessage { ContentParts = parts });
        message.ContentParts!.Value.GetProperty("parts")[1].GetProperty("name").GetString().ShouldBe("harbour chart.png");
        var listed = (await client.Attachments.ListAsync(conversationId: conversation.Id)).Items.ShouldHaveSingleItem();
        (listed.Id, listed.ConversationId, listed.MessageIds.Single()).ShouldBe((sent.Id, conversation.Id, message.Id));

        var fork = (await Server.User.PostAsync($"/v1/conversations/{conversation.Id}/fork", $$"""{"message_id": "{{message.Id}}"}""")).Expect(201);
        (await client.Messages.ListAsync(fork.Id)).Items.ShouldHaveSingleItem().ContentParts!.Value.GetProperty("parts")[1].GetProperty("attachment_id").GetGuid().ShouldBe(sent.Id);

        using var down = new MemoryStream();
        await using (var stream = await client.Attachments.DownloadAsync(sent.Id))
            await stream.CopyToAsync(down);
        down.ToArray().ShouldBe(Png);

        await client.Attachments.DeleteAsync(sent.Id);
        foreach (var path in (string[])[$"/v1/attachments/{sent.Id}", $"/v1/attachments/{sent.Id}/content"])
            (await Server.User.GetAsync(path)).ExpectProblem(404, "attachment_not_found");
        (await Server.User.DeleteAsync($"/v1/attachments/{sent.Id}")).ExpectProblem(404, "attachment_not_found");
    }

    [Fact]
    public async Task Pixels_are_shown_where_they_stand_and_all_else_is_a_download_that_runs_nothing()
    {
        var picture = (await UploadAsync(Server.User, "a.png", "image/png", Png)).Expect(201);
        var page = (await UploadAsync(Server.User, "Seekarte „Kiel“.html", "text/html", "<script>alert(1)</script>"u8.ToArray())).Expect(201);
        page.Json.Text("media_type").ShouldBe("text/plain");

        var shown = (await Server.User.GetAsync($"/v1/attachments/{picture.Id}/content")).Expect(200);
        shown.Header("Content-Type").ShouldBe("image/png");
        shown.Header("Content-Disposition").ShouldBe("inline; filename*=utf-8''a.png");
        shown.Header("ETag").ShouldBe($"\"{picture.Json.Text("sha256")}\"");
        var download = (await Server.User.GetAsync($"/v1/attachments/{page.Id}/content")).Expect(200);
        download.Header("Content-Type").ShouldBe("text/plain; charset=utf-8");
        download.Header("Content-Disposition").ShouldStartWith("attachment; filename*=utf-8''Seekarte%20%E2%80%9EKiel%E2%80%9C.html");
        foreach (var answer in (Answer[])[shown, download])
        {
            answer.Header("X-Content-Type-Options").ShouldBe("nosniff");
            answer.Header("Content-Security-Policy").ShouldNotBeNull().ShouldContain("sandbox");
            answer.Header("Content-Security-Policy").ShouldNotBeNull().ShouldContain("default-src 'none'");
            answer.Header("Cache-Control").ShouldBe("no-cache, private");
        }

        (await Server.User.GetAsync($"/v1/attachments/{picture.Id}/content", ("If-None-Match", shown.Header("ETag")!))).Expect(304).Text.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_range_of_it_is_given_as_it_is_asked_for()
    {
        var text = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{i:00000}\n"));
        var id = (await UploadAsync(Server.User, "long.txt", "text/plain", Encoding.ASCII.GetBytes(text))).Expect(201).Id;
        var path = $"/v1/attachments/{id}/content";
        foreach (var (range, from, to) in ((string, int, int)[])[("bytes=0-5", 0, 6), ("bytes=262140-262150", 262140, 262151), ("bytes=359994-", 359994, 360000), ("bytes=-12", 359988, 360000), ("bytes=100-999999", 100, 360000)])
        {
            var part = (await Server.User.GetAsync(path, ("Range", range))).Expect(206);
            part.Text.ShouldBe(text[from..to], range);
            part.Header("Content-Range").ShouldBe($"bytes {from}-{to - 1}/360000");
            part.Header("Content-Length").ShouldBe($"{to - from}");
        }

        (await Server.User.GetAsync(path, ("Range", "bytes=360000-"))).ExpectProblem(416, "range_not_satisfiable", "Range");
        (await Server.User.GetAsync(path, ("Range", "bytes=0-1,5-6"))).Expect(200).Text.Length.ShouldBe(360000);
        (await Server.User.GetAsync(path, ("Range", "nonsense"))).Expect(200);
        (await Server.User.GetAsync(path, ("Range", "bytes=0-5"), ("If-Range", "\"another\""))).Expect(200);
        var tag = (await Server.User.GetAsync(path)).Header("ETag")!;
        (await Server.User.GetAsync(path, ("Range", "bytes=0-5"), ("If-Range", tag))).Expect(206);
    }

    [Fact]
    public async Task What_is_no_file_that_is_taken_is_refused_with_what_to_do()
    {
        (await UploadAsync(Server.User, "empty.txt", "text/plain", [])).ExpectProblem(422, "invalid_value");
        (await UploadAsync(Server.User, "a/b.txt", "text/plain", "x"u8.ToArray())).ExpectProblem(422, "invalid_value", "name");
        (await SendAsync(Server.User, "/v1/attachments", "text/plain", "x"u8.ToArray())).ExpectProblem(422, "missing_field", "name");
        (await SendAsync(Server.User, "/v1/attachments?name=a.txt&size=1", "text/plain", "x"u8.ToArray())).ExpectProblem(400, "invalid_parameter", "size");
        (await UploadAsync(Server.User, "lie.png", "image/png", "no picture"u8.ToArray())).ExpectProblem(415, "unsupported_media_type");
        (await UploadAsync(Server.User, "lie.txt", "text/plain", Png)).ExpectProblem(415, "unsupported_media_type");
        (await UploadAsync(Server.User, "a.zip", "application/zip", "PK"u8.ToArray())).ExpectProblem(415, "unsupported_media_type");
        (await UploadAsync(Server.User, "form.txt", "multipart/form-data", "x"u8.ToArray())).ExpectProblem(415, "unsupported_media_type");
        var form = (await UploadAsync(Server.User, "curl.txt", "application/x-www-form-urlencoded", "x"u8.ToArray())).ExpectProblem(415, "unsupported_media_type");
        form.Json.Text("detail")!.ShouldContain("Content-Type");
        (await UploadAsync(Server.User, "large.txt", "text/plain", new byte[25 * 1024 * 1024 + 1])).ExpectProblem(413, "attachment_too_large");
        (await UploadAsync(Server.Viewer, "viewer.txt", "text/plain", "x"u8.ToArray())).ExpectProblem(403, "forbidden");
        (await UploadAsync(Server.Reader, "reader.txt", "text/plain", "x"u8.ToArray())).ExpectProblem(403, "insufficient_scope");
        (await SendAsync(Server.User, "/v1/attachments?name=a.txt", "text/plain", "x"u8.ToArray(), ("Idempotency-Key", "k"))).ExpectProblem(400, "invalid_parameter", "Idempotency-Key");
    }

    [Fact]
    public async Task A_file_whose_size_nobody_has_said_is_cut_off_when_it_is_too_large()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/attachments?name=endless.txt") { Content = new StreamContent(new Endless()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        request.Headers.TransferEncodingChunked = true;
        try
        {
            using var response = await Server.User.Http.SendAsync(request);
            (await Answer.ReadAsync(response)).ExpectProblem(413, "attachment_too_large");
        }
        catch (HttpRequestException)
        {
            // The server has hung up while the rest was on its way, which is as good an answer.
        }
    }

    [Fact]
    public async Task What_breaks_off_leaves_nothing()
    {
        var before = await Server.Database.ScalarAsync<long>("select count(*) from attachments");
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(IPAddress.Loopback, Server.Url.Port);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /v1/attachments?name=half.txt HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {Server.User.Key}\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nhalf of i"));
        }

        // Another request of the same kind comes after it.
        await UploadAsync(Server.User, "whole.txt", "text/plain", "whole and of its own"u8.ToArray());
        (await Server.Database.ScalarAsync<long>("select count(*) from attachments where name = 'half.txt'")).ShouldBe(0);
        (await Server.Database.ScalarAsync<long>("select count(*) from attachments")).ShouldBeGreaterThan(before);
    }

    [Fact]
    public async Task Nobody_else_finds_it_and_no_message_of_theirs_shows_it()
    {
        var id = (await UploadAsync(Server.User, "mine.txt", "text/plain", "mine alone"u8.ToArray())).Expect(201).Id;
        foreach (var other in (Api[])[Server.OtherUser, Server.Stranger, Server.Viewer])
            foreach (var path in (string[])[$"/v1/attachments/{id}", $"/v1/attachments/{id}/content"])
                (await other.GetAsync(path)).ExpectProblem(404, "attachment_not_found");
        (await Server.OtherUser.DeleteAsync($"/v1/attachments/{id}")).ExpectProblem(404, "attachment_not_found");
        (await Server.User.GetAsync("/v1/attachments/none")).ExpectProblem(404, "attachment_not_found");
        var conversation = await Server.OtherUser.NewConversationAsync();
        (await Server.OtherUser.PostAsync(
            $"/v1/conversations/{conversation}/messages", $$$"""{"content_parts": {"type": "multimodal", "parts": [{"type": "file", "attachment_id": "{{{id}}}"}]}}"""))
            .ExpectProblem(422, "invalid_value", "content_parts.parts[0].attachment_id");
        (await Server.OtherUser.PostAsync($"/v1/conversations/{conversation}/runs", $$"""{"question": "What is it?", "attachment_ids": ["{{id}}"]}"""))
            .ExpectProblem(422, "invalid_value", "attachment_ids[0]");
    }

    [Fact]
    public async Task The_settings_say_what_is_taken()
    {
        // Of its own: what others upload and import meanwhile is taken by the same settings.
        await using var server = await servers.StartAsync();
        var settings = (await server.Admin.GetAsync("/v1/settings")).Expect(200).Json.GetProperty("attachments");
        settings.GetProperty("max_bytes").GetInt64().ShouldBe(25 * 1024 * 1024);
        settings.GetProperty("media_types").EnumerateArray().Select(t => t.GetString()).ShouldContain("text/*");
        (await server.Admin.PatchAsync("/v1/settings", """{"attachments": {"max_bytes": 10, "media_types": ["text/plain"]}}""")).Expect(200);

        (await UploadAsync(server.Admin, "a.txt", "text/plain", "eleven byte"u8.ToArray())).ExpectProblem(413, "attachment_too_large");
        (await UploadAsync(server.Admin, "a.csv", "text/csv", "a,b"u8.ToArray())).ExpectProblem(415, "unsupported_media_type");
        (await server.Admin.PatchAsync("/v1/settings", """{"attachments": {"max_bytes": 0, "media_types": ["Text"], "max_total_bytes": 0}}""")).ExpectProblem(422, "invalid_value", "attachments.max_bytes");
    }

    static Task<Answer> UploadAsync(Api api, string name, string type, byte[] bytes) =>
        SendAsync(api, $"/v1/attachments?name={Uri.EscapeDataString(name)}", type, bytes);

    static async Task<Answer> SendAsync(Api api, string path, string type, byte[] bytes, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        // A server that refuses before it has read is heard before the file is sent.
        request.Headers.ExpectContinue = bytes.Length > 1024 * 1024;
        foreach (var (header, value) in headers)
            request.Headers.TryAddWithoutValidation(header, value);
        using var response = await api.Http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    /// <summary>The letter a, 40 million times.</summary>
    sealed class Endless : MemoryStream
    {
        int _left = 40_000_000;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = Math.Min(buffer.Length, _left);
            buffer.Span[..read].Fill((byte)'a');
            _left -= read;
            return new(read);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => CopyAsync(destination, cancellationToken);

        async Task CopyAsync(Stream destination, CancellationToken cancellationToken)
        {
            var buffer = new byte[81920];
            while (await ReadAsync(buffer.AsMemory(), cancellationToken) is > 0 and var read)
                await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }
}
