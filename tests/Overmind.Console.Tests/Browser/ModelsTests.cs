using Microsoft.Playwright;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public class ModelsTests(FastServer server, Chromium chromium)
{
    [Fact]
    public async Task A_provider_is_connected_and_tried_in_one_step_and_its_key_is_never_shown_again()
    {
        await using var words = await WordServer.StartAsync();
        await using var page = await chromium.SignedInAsync(server, "/models");
        await page.Page.GetByText("offline/offline").WaitForAsync();
        await page.Page.GetByText("builtin/glove-ngram").First.WaitForAsync();
        await ConnectAsync(page, "words", words.Url, WordServer.Key);

        await page.Page.GetByText("It answers.").WaitForAsync();
        await page.ShotAsync("models-connected");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();

        var row = page.Page.Locator("tr", new() { HasTextString = "words" }).First;
        await row.GetByText("ready", new() { Exact = true }).WaitForAsync();
        await row.GetByText("…wxyz").WaitForAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "words/word-mini" }).WaitForAsync();
        await page.Page.GetByText("What these models cost is not known").WaitForAsync();
        (await page.Page.ContentAsync()).ShouldNotContain(WordServer.Key);
        await page.ShotAsync("models");

        await page.Page.ReloadAsync();
        await row.GetByText("ready", new() { Exact = true }).WaitForAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Switch words off" }).ClickAsync();
        await row.GetByText("off", new() { Exact = true }).WaitForAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Remove words" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await row.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    [Fact]
    public async Task A_wrong_key_is_told_and_replaced()
    {
        await using var words = await WordServer.StartAsync();
        await using var page = await chromium.SignedInAsync(server, "/models", 390, 844);
        await ConnectAsync(page, "keyed", words.Url, "sk-wrong-0123456789-abcd");

        await page.Page.GetByText("It is stored, and does not answer yet.").WaitForAsync();
        await page.ShotAsync("models-refused-phone");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        var row = page.Page.Locator("tr", new() { HasTextString = "keyed" }).First;
        await row.GetByText("failed", new() { Exact = true }).WaitForAsync();
        (await page.SidewaysAsync()).ShouldBe(0);

        await row.GetByRole(AriaRole.Button, new() { Name = "Another API key" }).ClickAsync();
        await page.Page.GetByLabel("API key", new() { Exact = true }).FillAsync(WordServer.Key);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Replace" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await row.GetByRole(AriaRole.Button, new() { Name = "Test" }).ClickAsync();
        await row.GetByText("ready", new() { Exact = true }).WaitForAsync();
        await page.ShotAsync("models-phone");
    }

    static async Task ConnectAsync(WatchedPage page, string key, string url, string secret)
    {
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Connect a provider" }).ClickAsync();
        await page.Page.GetByLabel("API key", new() { Exact = true }).FillAsync(secret);
        await page.Page.GetByLabel("Address").FillAsync(url);
        await page.Page.GetByLabel("Name here").FillAsync(key);
        await page.ShotAsync($"models-connect-{key}");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Connect and test" }).ClickAsync();
    }
}
