using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Overmind.Conversations;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public class TreeTests(FastServer server, Chromium chromium)
{
    [Fact]
    public async Task The_tree_is_drawn_and_a_message_chosen_in_it_shows_its_branch()
    {
        var claims = await server.ClaimsAsync();
        var conversation = await server.Conversations.CreateAsync(claims, new NewConversation { Title = "A hedge" }, CancellationToken.None);
        var first = await SayAsync(conversation, "Which hedge stays green?");
        await SayAsync(conversation, "Yew, and it can be cut hard.");
        var branches = server.Services.GetRequiredService<BranchService>();
        await branches.ForkAsync(claims, conversation.Id, first.Id, CancellationToken.None);
        await SayAsync(conversation, "Holly, where deer are about.");
        await SayAsync(conversation, "How far apart are they set?");
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{conversation.Id}");

        await page.Page.GetByLabel("More", new() { Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Tree of branches" }).ClickAsync();
        await page.Page.Locator(".tree li").Nth(3).WaitForAsync();
        (await page.Page.Locator(".tree li.active").CountAsync()).ShouldBe(3);
        (await page.Page.Locator(".tree-lines path.active").CountAsync()).ShouldBe(2);
        (await page.SidewaysAsync()).ShouldBe(0);
        await page.ShotAsync("tree");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Yew" }).ClickAsync();
        await page.AtAsync($"/conversations/{conversation.Id}$");
        await page.Page.Locator(".message-body").GetByText("Yew, and it can be cut hard.").WaitForAsync();
    }

    [Fact]
    public async Task A_session_is_paused_taken_up_again_and_completed()
    {
        var claims = await server.ClaimsAsync();
        var conversation = await server.Conversations.CreateAsync(claims, new NewConversation { Title = "Sittings" }, CancellationToken.None);
        await server.Services.GetRequiredService<ConversationSessionService>().CreateAsync(claims, conversation.Id, new NewConversationSession(), CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{conversation.Id}/sessions");

        foreach (var (act, status) in new[] { ("Pause", "paused"), ("Resume", "active"), ("Complete", "completed") })
        {
            await page.Page.GetByRole(AriaRole.Button, new() { Name = act }).ClickAsync();
            await page.Page.Locator(".rows .tag", new() { HasTextString = status }).WaitForAsync();
        }

        await page.ShotAsync("sessions");
    }

    [Fact]
    public async Task What_the_models_were_given_is_opened_from_the_answer()
    {
        var run = await server.AskedAsync();
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{run.ConversationId}");

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Context" }).ClickAsync();

        var dialog = page.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByText("introverted friend").WaitForAsync();
        await dialog.GetByText("Nothing was left out.").WaitForAsync();
        await page.ShotAsync("answer-context");
        await page.Page.Keyboard.PressAsync("Escape");
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.AtAsync("^(?!.*context=)");
    }

    async Task<Message> SayAsync(Conversation conversation, string what) =>
        await server.Conversations.AppendAsync(await server.ClaimsAsync(), conversation.Id, new NewMessage { Content = what }, CancellationToken.None);
}
