using Microsoft.Playwright;
using Overmind.Conversations;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public class FilingTests(FastServer server, Chromium chromium)
{
    [Fact]
    public async Task A_conversation_is_filed_found_by_its_folder_and_archived()
    {
        var claims = await server.ClaimsAsync();
        var conversation = await server.Conversations.CreateAsync(claims, new NewConversation { Title = "Hornbeam or yew" }, CancellationToken.None);
        await server.Conversations.CreateAsync(claims, new NewConversation { Title = "Something else" }, CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{conversation.Id}");

        await ChooseAsync(page, "Rename and file");
        await page.Page.GetByLabel("Folder").FillAsync("garden");
        await page.Page.GetByLabel("Tags, separated by commas").FillAsync("hedge, plan");
        await page.ShotAsync("filing");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await page.Page.GotoAsync("/conversations");
        await page.Page.GetByLabel("Folder").SelectOptionAsync("garden");
        await page.AtAsync(@"folder=garden");
        await page.Page.Locator(".rows").GetByText("Something else").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Page.Locator(".filed").GetByText("hedge").WaitForAsync();
        await page.ShotAsync("filtered");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Archive “Hornbeam or yew”" }).ClickAsync();
        await page.Page.GetByText("No conversation is like that").WaitForAsync();
        await page.Page.GetByLabel("Status").SelectOptionAsync("archived");
        await page.Page.Locator(".filed").GetByText("archived").WaitForAsync();
        (await page.SidewaysAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task The_menu_closes_by_escape_and_by_a_click_beside_it()
    {
        var conversation = await server.Conversations.CreateAsync(await server.ClaimsAsync(), new NewConversation { Title = "Menu" }, CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{conversation.Id}");
        var export = page.Page.GetByRole(AriaRole.Link, new() { Name = "Export" });

        await page.Page.GetByLabel("More", new() { Exact = true }).ClickAsync();
        await export.WaitForAsync();
        await page.ShotAsync("menu");
        await page.Page.Keyboard.PressAsync("Escape");
        await export.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await page.Page.GetByLabel("More", new() { Exact = true }).ClickAsync();
        await page.Page.Locator("h1").ClickAsync();
        await export.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    [Fact]
    public async Task A_conversation_is_taken_home_as_a_file()
    {
        var claims = await server.ClaimsAsync();
        var conversation = await server.Conversations.CreateAsync(claims, new NewConversation { Title = "Taken home" }, CancellationToken.None);
        await server.Conversations.AppendAsync(claims, conversation.Id, new NewMessage { Content = "What grows in shade?" }, CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{conversation.Id}");

        await page.Page.GetByLabel("More", new() { Exact = true }).ClickAsync();
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByRole(AriaRole.Link, new() { Name = "Export" }).ClickAsync());

        download.SuggestedFilename.ShouldBe($"conversation-{conversation.Id}.jsonl");
        (await File.ReadAllTextAsync(await download.PathAsync())).ShouldContain("What grows in shade?");
    }

    [Fact]
    public async Task The_file_is_for_members_alone()
    {
        await using var page = await chromium.OpenAsync(server);

        var answer = await page.Page.Context.APIRequest.GetAsync("/exports/conversations", new() { MaxRedirects = 0 });

        answer.Status.ShouldBe(302, "to where one signs in");
    }

    static async Task ChooseAsync(WatchedPage page, string item)
    {
        await page.Page.GetByLabel("More", new() { Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = item }).ClickAsync();
    }
}
