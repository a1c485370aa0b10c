using Microsoft.Playwright;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public class PlaygroundTests(FastServer server, Chromium chromium)
{
    [Fact]
    public async Task An_agent_answers_on_two_models_side_by_side_and_the_choice_is_in_the_address()
    {
        await using var page = await chromium.SignedInAsync(server, "/playground");
        // All of the page is there, and nothing that is still to come draws it anew while it is used.
        await page.Page.Locator("#play-models option").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await page.Page.Locator(".play-bar select").SelectOptionAsync(new SelectOptionValue { Label = "as the agent Creative Clarity" });
        await page.AtAsync("agent=");
        await page.Page.GetByLabel("Beside them").FillAsync("nobody/model");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Add a model" }).ClickAsync();
        await page.AtAsync("model=nobody");

        await page.Page.GetByLabel("Prompt").FillAsync("How do I learn to bake sourdough bread?");
        await page.Page.Keyboard.PressAsync("Enter");

        var offline = page.Page.GetByRole(AriaRole.Region, new() { Name = "offline/offline", Exact = true });
        await offline.GetByText("It keeps the agent’s output format.").WaitForAsync();
        await offline.GetByText("$0.0000").WaitForAsync();
        await page.Page.GetByRole(AriaRole.Region, new() { Name = "nobody/model", Exact = true }).GetByText("No provider 'nobody' is connected here").WaitForAsync();
        await page.ShotAsync("playground");

        await page.Page.ReloadAsync();
        await page.Page.GetByRole(AriaRole.Region, new() { Name = "nobody/model", Exact = true }).WaitForAsync();
        (await page.Page.Locator(".play-bar select").InputValueAsync()).ShouldNotBeEmpty();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Take nobody/model away" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Region, new() { Name = "nobody/model", Exact = true }).WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    [Theory]
    [InlineData(390)]
    [InlineData(360)]
    public async Task A_phone_has_the_answers_one_below_the_other(int width)
    {
        await using var page = await chromium.SignedInAsync(server, "/playground?model=offline%2Foffline&model=nobody%2Fm", width, 844);
        await page.Page.GetByLabel("Prompt").FillAsync("How do I learn to bake bread?");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.GetByText("$0.0000").WaitForAsync();
        (await page.SidewaysAsync()).ShouldBe(0);
        await page.ShotAsync($"playground-phone-{width}");
    }
}
