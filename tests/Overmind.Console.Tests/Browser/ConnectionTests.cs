using Microsoft.Playwright;

namespace Overmind.WebConsole.Tests.Browser;

public class ConnectionTests(FastServer server, Chromium chromium) : IClassFixture<FastServer>
{
    [Fact]
    public async Task A_server_that_goes_away_costs_a_reload_and_nothing_more()
    {
        await using var page = await chromium.SignedInAsync(server, "/conversations/new");
        page.ExpectsFaults = true;
        await page.Page.GetByLabel("Your question").FillAsync("What was I about to ask?");

        await server.StopAsync();
        await page.Page.GetByText("Connection lost. Trying again.").WaitForAsync();
        await page.ShotAsync("connection-lost");
        await server.StartAsync();

        // Still signed in, at the same address, with what was typed.
        await page.Page.Locator("#components-reconnect-modal").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await Assertions.Expect(page.Page.GetByLabel("Your question")).ToHaveValueAsync("What was I about to ask?", new() { Timeout = 20_000 });
        await page.Page.Keyboard.PressAsync("/");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();
        await page.StatusAsync("succeeded");
    }
}
