using Microsoft.Playwright;
using Overmind.Conversations;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public class BranchTests(FastServer server, Chromium chromium)
{
    [Fact]
    public async Task A_question_is_answered_again_beside_its_answer_and_both_can_be_read()
    {
        var run = await server.AskedAsync();
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{run.ConversationId}");
        await page.StatusAsync("succeeded");

        await ActAsync(page, ".message.assistant", "Answer again");
        await page.Page.GetByText("2 of 2").WaitForAsync();
        await page.StatusAsync("succeeded");
        await page.ShotAsync("branches");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Previous", Exact = true }).ClickAsync();
        await page.Page.GetByText("1 of 2").WaitForAsync();
        (await page.Page.Locator(".message.assistant").CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Another_question_is_asked_in_place_of_one()
    {
        var run = await server.AskedAsync();
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{run.ConversationId}");
        await page.StatusAsync("succeeded");

        await ActAsync(page, ".message.user", "Edit");
        await page.Page.GetByLabel("Text of the message").FillAsync("How is a thicket planted?");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Ask this instead" }).ClickAsync();

        await page.Page.Locator(".message.user").GetByText("How is a thicket planted?").WaitForAsync();
        await page.Page.GetByText("2 of 2").WaitForAsync();
        await page.StatusAsync("succeeded");
    }

    [Fact]
    public async Task What_was_said_up_to_a_message_becomes_a_conversation_of_its_own()
    {
        var claims = await server.ClaimsAsync();
        var conversation = await server.Conversations.CreateAsync(claims, new NewConversation { Title = "Forked" }, CancellationToken.None);
        await server.Conversations.AppendAsync(claims, conversation.Id, new NewMessage { Content = "taken along" }, CancellationToken.None);
        await server.Conversations.AppendAsync(claims, conversation.Id, new NewMessage { Role = MessageRole.Assistant, Content = "left behind" }, CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{conversation.Id}");

        await ActAsync(page, ".message.user", "Fork into a new conversation");
        await page.AtAsync($"/conversations/(?!{conversation.Id})[0-9a-f-]{{36}}$");

        await page.Page.GetByText("left behind").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Page.Locator(".message.user").GetByText("taken along").WaitForAsync();
    }

    [Fact]
    public async Task A_message_is_reworded_its_versions_are_compared_and_one_is_brought_back()
    {
        var claims = await server.ClaimsAsync();
        var conversation = await server.Conversations.CreateAsync(claims, new NewConversation { Title = "Versions" }, CancellationToken.None);
        await server.Conversations.AppendAsync(claims, conversation.Id, new NewMessage { Content = "one\ntwo" }, CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{conversation.Id}");

        await ActAsync(page, ".message.user", "Edit");
        await page.Page.GetByLabel("Text of the message").FillAsync("one\nthree");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.Page.GetByText("edited", new() { Exact = true }).WaitForAsync();
        await ActAsync(page, ".message.user", "Versions");
        var dialog = page.Page.GetByRole(AriaRole.Dialog);
        await dialog.Locator(".diff-line.delete").GetByText("two").WaitForAsync();
        await dialog.Locator(".diff-line.insert").GetByText("three").WaitForAsync();
        await page.ShotAsync("versions");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Bring version 1 back" }).ClickAsync();

        await page.Page.Locator(".message-body").GetByText("two").WaitForAsync();
    }

    [Fact]
    public async Task A_deleted_message_is_gone_until_it_is_brought_back()
    {
        var claims = await server.ClaimsAsync();
        var conversation = await server.Conversations.CreateAsync(claims, new NewConversation { Title = "Deleted" }, CancellationToken.None);
        await server.Conversations.AppendAsync(claims, conversation.Id, new NewMessage { Content = "not meant" }, CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{conversation.Id}");

        await ActAsync(page, ".message.user", "Delete message");
        await page.Page.Locator(".message.user").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Bring it back" }).ClickAsync();

        await page.Page.Locator(".message.user").GetByText("not meant").WaitForAsync();
    }

    [Fact]
    public async Task The_context_window_is_drawn_and_a_pinned_message_stays_in_it()
    {
        var claims = await server.ClaimsAsync();
        var conversation = await server.Conversations.CreateAsync(claims, new NewConversation { Title = "Window", MaxContextTokens = 100 }, CancellationToken.None);
        foreach (var text in new[] { "The hedge is hornbeam.", "It is cut in August.", "What grows below it?" })
            await server.Conversations.AppendAsync(claims, conversation.Id, new NewMessage { Content = text }, CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{conversation.Id}");

        await ActAsync(page, ".message.user", "Pin");
        await page.Page.GetByText("pinned", new() { Exact = true }).First.WaitForAsync();
        await page.Page.Locator(".context-gauge summary").ClickAsync();
        await page.ShotAsync("context");
        (await page.Page.Locator(".context-gauge").InnerTextAsync()).ShouldContain("3 messages in it");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Prune", Exact = true }).WaitForAsync();
    }

    static async Task ActAsync(WatchedPage page, string message, string name)
    {
        await page.Page.Locator(message).First.HoverAsync();
        await page.Page.Locator(message).First.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
    }
}
