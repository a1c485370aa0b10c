using Microsoft.Playwright;
using Overmind.Conversations;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public class ListTests(FastServer server, Chromium chromium)
{
    [Fact]
    public async Task A_conversation_is_renamed_and_deleted()
    {
        var run = await server.AskedAsync();
        await using var page = await chromium.SignedInAsync(server);
        var row = page.Page.Locator($"tr:has(a[href='conversations/{run.ConversationId}'])");

        await row.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await page.Page.Locator("input:focus").WaitForAsync();
        await page.Page.Keyboard.TypeAsync("A guest <b>speaker</b>");
        await page.Page.Keyboard.PressAsync("Enter");
        await row.GetByText("A guest <b>speaker</b>").WaitForAsync();
        await page.ShotAsync("conversations");

        await row.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await row.WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await page.Page.GotoAsync($"/conversations/{run.ConversationId}");
        await page.Page.GetByText("There is no such conversation").WaitForAsync();
    }

    [Fact]
    public async Task Older_conversations_are_on_the_next_page()
    {
        var claims = await server.ClaimsAsync();
        foreach (var i in Enumerable.Range(1, 40))
            await server.Conversations.CreateAsync(claims, new NewConversation { Title = $"Conversation {i}" }, CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, "/conversations");
        await page.Page.GetByText("Conversation 40", new() { Exact = true }).Last.WaitForAsync();

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Older" }).ClickAsync();

        await page.Page.Locator(".rows").GetByText("Conversation 5", new() { Exact = true }).WaitForAsync();
        (await page.Page.Locator(".rows").GetByText("Conversation 25", new() { Exact = true }).CountAsync()).ShouldBe(0);
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Newest" }).ClickAsync();
        await page.Page.Locator(".rows a", new() { HasTextString = "Conversation 40" }).WaitForAsync();
    }
}
