using Microsoft.Playwright;
using Overmind.Conversations;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public class ShareTests(FastServer server, Chromium chromium)
{
    [Fact]
    public async Task A_link_is_made_read_by_somebody_else_and_revoked()
    {
        var claims = await server.ClaimsAsync();
        var conversation = await server.Conversations.CreateAsync(claims, new NewConversation { Title = "Of shared hedges" }, CancellationToken.None);
        await server.Conversations.AppendAsync(claims, conversation.Id, new NewMessage { Content = "Hornbeam, <b>mostly</b>." }, CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{conversation.Id}");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        var link = await page.Page.Locator(".secret").InnerTextAsync();
        await page.ShotAsync("share");
        using var reader = new HttpClient();
        (await reader.GetStringAsync(link)).ShouldContain("Hornbeam, &lt;b&gt;mostly&lt;/b&gt;.");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await page.Page.GotoAsync(new Uri(new Uri(page.Page.Url), "/shares").ToString());
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke the link to “Of shared hedges”" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Of shared hedges" }).GetByText("revoked").WaitForAsync();
        await page.ShotAsync("shares");
        (await reader.GetAsync(link)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }
}
