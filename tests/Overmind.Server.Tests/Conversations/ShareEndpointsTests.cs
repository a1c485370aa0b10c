using System.Net;
using Overmind.Client;

namespace Overmind.Server.Tests.Conversations;

public sealed class ShareEndpointsTests(ApiServers servers)
{
    ApiServer Server => servers.Fast;

    [Fact]
    public async Task A_link_is_read_by_anybody_as_json_and_as_a_page_until_it_is_revoked()
    {
        var client = new OvermindClient(Server.Url, Server.User.Key!);
        var conversation = await client.Conversations.CreateAsync(new NewConversation { Title = "Knots & <bends>", Metadata = new Dictionary<string, string> { ["ticket"] = "secret-ticket" } });
        await client.Messages.AppendAsync(conversation.Id, new NewMessage { Content = "Which <script>alert(1)</script> knot?" });
        await Server.User.PostAsync($"/v1/conversations/{conversation.Id}/messages", """{"role": "assistant", "content": "A **bowline**. <img src=x onerror=alert(1)> [x](javascript:alert(1))"}""");

        var made = (await Server.User.PostAsync($"/v1/conversations/{conversation.Id}/shares", """{"expires_at": "2100-01-01T00:00:00Z"}""")).Expect(201).Json;
        made.GetProperty("share").ShouldBeA("conversation.share").Text("status").ShouldBe("active");
        var (token, url) = (made.Text("token")!, made.Text("url")!);
        url.ShouldEndWith($"/shared/{token}");

        var read = (await Server.Anonymous.GetAsync($"/v1/shared/{token}")).Expect(200);
        read.Json.ShouldBeA("shared_conversation");
        read.Header("X-Robots-Tag").ShouldBe("noindex, nofollow");
        foreach (var secret in (string[])["secret-ticket", conversation.Id.ToString(), Server.Tenants.First.User.UserId.ToString()!])
            read.Text.ShouldNotContain(secret);
        read.Json.GetProperty("messages").EnumerateArray().Select(m => m.Text("role")).ShouldBe(["user", "assistant"]);

        var page = (await Server.Anonymous.GetAsync(new Uri(url).AbsolutePath)).Expect(200);
        page.Header("Content-Security-Policy").ShouldNotBeNull().ShouldNotContain("script-src");
        page.Header("Referrer-Policy").ShouldBe("no-referrer");
        page.Text.ShouldContain("<strong>bowline</strong>");
        page.Text.ShouldContain("Knots &amp; &lt;bends&gt;");
        page.Text.ShouldContain("Which &lt;script&gt;alert(1)&lt;/script&gt; knot?");
        page.Text.ShouldNotContain("<script");
        page.Text.ShouldNotContain("<img");
        page.Text.ShouldNotContain("javascript:");

        var share = (await client.Shares.ListAsync(conversationId: conversation.Id)).Items.ShouldHaveSingleItem();
        (await Server.OtherUser.DeleteAsync($"/v1/shares/{share.Id}")).ExpectProblem(404, "share_not_found");
        await client.Shares.RevokeAsync(share.Id);
        (await client.Shares.ListAsync(conversationId: conversation.Id)).Items.ShouldHaveSingleItem().Status.ShouldBe("revoked");
        var refused = (await Server.Anonymous.GetAsync($"/v1/shared/{token}")).ExpectProblem(404, "share_not_found");
        (await Server.Anonymous.GetAsync("/v1/shared/guessed")).ExpectProblem(404, "share_not_found").Json.Text("detail").ShouldBe(refused.Json.Text("detail"));
        var gone = (await Server.Anonymous.GetAsync($"/shared/{token}")).Expect(404);
        gone.Text.ShouldContain("Nothing is shared here");
        (await Server.Anonymous.GetAsync("/shared/guessed")).Expect(404).Text.ShouldBe(gone.Text);
    }

    [Fact]
    public async Task Of_attachments_a_link_shows_the_names_alone()
    {
        var client = new OvermindClient(Server.Url, Server.User.Key!);
        var file = await client.Attachments.UploadAsync(new MemoryStream("Secret of the knot"u8.ToArray()), "knot & bend.txt");
        var conversation = await client.Conversations.CreateAsync();
        await client.Messages.AppendAsync(conversation.Id, new NewMessage
        {
            Content = "Which knot?",
            ContentParts = System.Text.Json.JsonElement.Parse($$$"""{"type": "multimodal", "parts": [{"type": "file", "attachment_id": "{{{file.Id}}}"}]}"""),
        });
        var share = await client.Shares.CreateAsync(conversation.Id);
        (await client.Shares.ReadAsync(share.Token)).Messages.ShouldHaveSingleItem().Attachments.ShouldBe(["knot & bend.txt"]);
        var page = (await Server.Anonymous.GetAsync(new Uri(share.Url).AbsolutePath)).Expect(200).Text;
        page.ShouldContain("Attached: knot &amp; bend.txt");
        page.ShouldNotContain(file.Id.ToString());
    }

    [Fact]
    public async Task What_cannot_be_shared_is_refused_by_its_member()
    {
        var conversation = await Server.User.NewConversationAsync();
        var path = $"/v1/conversations/{conversation}/shares";
        (await Server.User.PostAsync(path, """{"expires_at": "2020-01-01T00:00:00Z"}""")).ExpectProblem(422, "invalid_value", "expires_at");
        (await Server.User.PostAsync(path, """{"branch": 7}""")).ExpectProblem(422, "invalid_value", "branch");
        (await Server.User.PostAsync(path, """{"branch": -1}""")).ExpectProblem(422, "invalid_value", "branch");
        (await Server.User.PostAsync(path, """{"token": "mine"}""")).ExpectProblem(400, "unknown_field", "token");
        (await Server.OtherUser.PostAsync(path)).ExpectProblem(404, "conversation_not_found");
        (await Server.Stranger.PostAsync(path)).ExpectProblem(404, "conversation_not_found");
        (await Server.User.DeleteAsync($"/v1/shares/{Guid.CreateVersion7()}")).ExpectProblem(404, "share_not_found");
    }
}
