using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Overmind.Tenancy;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<SettingsServer>]
public class SettingsTests(SettingsServer server, Chromium chromium)
{
    [Fact]
    public async Task Settings_of_runs_are_stored_and_the_next_run_follows()
    {
        await using var page = await chromium.SignedInAsync(server, "/settings");
        await page.Page.GetByLabel("Quality threshold").FillAsync("7.5");
        await page.Page.GetByLabel("Iterations at most").FillAsync("2");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Page.GetByText("Stored.").WaitForAsync();
        await page.ShotAsync("settings");

        await page.Page.ReloadAsync();
        (await page.Page.GetByLabel("Quality threshold").InputValueAsync()).ShouldBe("7.5");
        await page.Page.GotoAsync("/conversations/new");
        await page.Page.GetByText("threshold 7.5").WaitForAsync();
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_the_setting_and_changes_that_meet_are_told()
    {
        await using var page = await chromium.SignedInAsync(server, "/settings");
        await page.Page.GetByLabel("Model of the judge").FillAsync("nobody/m");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Page.Locator(".setting.refused").GetByText("No provider 'nobody' is connected here").WaitForAsync();
        await page.ShotAsync("settings-refused");

        await server.ExecuteAsync("update organizations set settings = settings || '{\"deadline_seconds\": 321}'");
        await page.Page.GetByLabel("Model of the judge").FillAsync("");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Show theirs" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("#deadline_seconds")).ToHaveValueAsync("321");
    }

    [Fact]
    public async Task Preferences_hold_as_they_are_made()
    {
        await using var page = await chromium.SignedInAsync(server, "/settings", 390, 844);
        await page.Page.GetByLabel("Theme", new() { Exact = true }).Last.SelectOptionAsync("dark");
        await Assertions.Expect(page.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        (await page.SidewaysAsync()).ShouldBe(0);
        await page.ShotAsync("settings-phone-dark");

        await page.Page.GetByLabel("Keyboard shortcuts").Last.UncheckAsync();
        await StoredAsync(p => !p.KeyboardShortcutsEnabled);
        await page.Page.EvaluateAsync("document.activeElement.blur()");
        await page.Page.Keyboard.PressAsync("r");
        await page.Page.GetByLabel("Debug information").CheckAsync();
        await StoredAsync(p => p.ShowDebugInfo);
        page.Page.Url.ShouldEndWith("/settings", customMessage: "keys do nothing now");

        await page.Page.GetByLabel("Title of new conversations").FillAsync("Untitled");
        await page.Page.Keyboard.PressAsync("Enter");
        await StoredAsync(p => p.DefaultConversationTitle == "Untitled");
        await page.AskAsync("How do I learn to bake bread?");
        await page.Page.Locator("h1", new() { HasTextString = "Untitled" }).WaitForAsync();
        await page.Page.Locator(".tabs a", new() { HasTextString = "Run" }).ClickAsync();
        await page.Page.Locator(".debug summary", new() { HasTextString = "Run" }).ClickAsync();
        await page.Page.GetByText("\"question_message_id\"").WaitForAsync();
        await page.StatusAsync("succeeded");
    }

    Task StoredAsync(Func<Preferences, bool> holds) => Overmind.Testing.Poll.UntilAsync(async () =>
        holds(await server.Services.GetRequiredService<PreferencesService>().GetAsync(await server.ClaimsAsync(), CancellationToken.None)));
}
