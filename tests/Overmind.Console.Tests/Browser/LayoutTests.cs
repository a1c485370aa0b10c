using Microsoft.Playwright;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public class LayoutTests(FastServer server, Chromium chromium)
{
    [Fact]
    public async Task The_theme_stays_and_is_there_with_the_first_byte()
    {
        await using var page = await chromium.SignedInAsync(server);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Dark", Exact = true }).ClickAsync();

        var first = await (await page.Page.ReloadAsync())!.TextAsync();

        first.ShouldContain("data-theme=\"dark\"");
        (await page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")).ShouldBe("rgb(20, 20, 22)");
    }

    [Theory]
    [InlineData(390)]
    [InlineData(360)]
    public async Task A_phone_has_thread_and_run_in_turn_and_nothing_sticks_out(int width)
    {
        var run = await server.AskedAsync();
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{run.ConversationId}", width, 844);
        await page.Page.Locator(".message.assistant").WaitForAsync();
        (await page.SidewaysAsync()).ShouldBe(0);
        await page.ShotAsync($"phone-{width}-thread");

        await page.Page.Locator(".tabs a", new() { HasTextString = "Run" }).ClickAsync();
        await page.Page.Locator(".dial:visible").WaitForAsync();
        (await page.SidewaysAsync()).ShouldBe(0);
        (await page.Page.Locator("a.cell:visible").CountAsync()).ShouldBe(6, "one iteration at a time");
        await page.ShotAsync($"phone-{width}-run");

        foreach (var path in new[] { "/runs", "/conversations", "/conversations/new", $"/conversations/{run.ConversationId}/tree" })
        {
            await page.Page.GotoAsync(path);
            await page.Page.Locator(".rows, textarea, .tree").First.WaitForAsync();
            (await page.SidewaysAsync()).ShouldBe(0, path);
        }

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Menu", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Runs" }).ClickAsync();
        await page.AtAsync(@"/runs$");
    }

    [Fact]
    public async Task A_grid_that_is_wider_than_its_panel_scrolls_in_it_and_the_page_does_not()
    {
        var run = await server.AskedAsync();
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{run.ConversationId}", 1024, 768);
        await page.Page.Locator(".message.assistant").WaitForAsync();
        await page.Page.Locator("a.cell").Last.WaitForAsync();
        (await page.Page.Locator(".grid-scroll").EvaluateAsync<int>("grid => grid.scrollWidth - grid.clientWidth")).ShouldBePositive();
        (await page.SidewaysAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Everything_is_reached_by_the_keyboard()
    {
        var run = await server.AskedAsync();
        var title = (await server.Conversations.GetAsync(await server.ClaimsAsync(), run.ConversationId, CancellationToken.None)).Title;
        await using var page = await chromium.SignedInAsync(server);
        await page.Page.Locator(".rows").WaitForAsync();

        await page.Page.Keyboard.PressAsync("Control+k");
        await page.Page.Locator("command-list input:focus").WaitForAsync();
        await page.Page.Locator($"#palette-{run.ConversationId}").WaitForAsync();
        await page.Page.Keyboard.TypeAsync("introverted friend");
        await page.ShotAsync("palette");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.Locator($"h1:has-text(\"{title[..30]}\")").WaitForAsync();

        await page.Page.Locator(".message.assistant").WaitForAsync();
        await TabToAsync(page, "a.cell");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await page.Page.Keyboard.PressAsync("/");
        (await page.Page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("ask");
        await page.Page.Keyboard.TypeAsync("? r c");
        (await page.Page.GetByLabel("Your question").InputValueAsync()).ShouldBe("? r c", "in a field, keys write");
        await page.Page.EvaluateAsync("document.activeElement.blur()");
        await page.Page.Keyboard.PressAsync("?");
        await page.Page.GetByText("Keyboard shortcuts").WaitForAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Page.Keyboard.PressAsync("r");
        await page.AtAsync(@"/runs$");
    }

    static async Task TabToAsync(WatchedPage page, string selector)
    {
        for (var i = 0; i < 60; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            if (await page.Page.EvaluateAsync<bool>("s => document.activeElement.matches(s)", selector)) return;
        }

        throw new TimeoutException($"Tab did not reach {selector}");
    }
}
