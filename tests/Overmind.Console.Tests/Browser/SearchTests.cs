using Microsoft.Playwright;
using Overmind.Conversations;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public class SearchTests(FastServer server, Chromium chromium)
{
    [Fact]
    public async Task What_was_said_is_found_by_its_words_and_leads_to_its_conversation()
    {
        var claims = await server.ClaimsAsync();
        var conversation = await server.Conversations.CreateAsync(claims, new NewConversation { Title = "Of gardens" }, CancellationToken.None);
        await server.Conversations.AppendAsync(claims, conversation.Id, new NewMessage { Content = "The wisteria <b>climbs</b> along the pergola." }, CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, "/conversations");

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Search", Exact = true }).ClickAsync();
        await page.Page.GetByLabel("What to look for").FillAsync("wisteria pergola");
        await page.Page.Keyboard.PressAsync("Enter");

        var found = page.Page.GetByRole(AriaRole.List, new() { Name = "Found" });
        await found.Locator("mark").First.WaitForAsync();
        (await found.Locator("mark").AllInnerTextsAsync()).ShouldBe(["wisteria", "pergola"]);
        await page.ShotAsync("search");
        await found.GetByRole(AriaRole.Link, new() { Name = "Of gardens" }).ClickAsync();
        await page.Page.Locator(".message.user").GetByText("wisteria").WaitForAsync();
    }

    [Fact]
    public async Task What_is_nowhere_is_said_to_be_nowhere_and_what_cannot_be_looked_for_is_refused()
    {
        await using var page = await chromium.SignedInAsync(server, "/search?query=xyzzyplugh&mode=text");
        await page.Page.GetByText("Nothing found").WaitForAsync();

        await page.Page.GotoAsync(new Uri(new Uri(page.Page.Url), "/search?query=%2B%2B").ToString());
        await page.Page.GetByRole(AriaRole.Alert).GetByText("no word to look for").WaitForAsync();
    }
}
