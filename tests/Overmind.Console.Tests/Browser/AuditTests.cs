using Microsoft.Playwright;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<SettingsServer>]
public class AuditTests(SettingsServer server, Chromium chromium)
{
    [Fact]
    public async Task An_admin_finds_an_act_and_sees_what_it_changed()
    {
        await server.ExecuteAsync("update organizations set name = 'Renamed'");
        await using var page = await chromium.SignedInAsync(server, "/audit");
        await page.Page.GetByLabel("Event").FillAsync("organization");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.AtAsync(@"/audit\?event=organization$");
        await page.ShotAsync("audit");

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "organization.updated" }).First.ClickAsync();
        await page.AtAsync("act=");
        await page.Page.Locator(".audit-values").GetByText("Renamed", new() { Exact = true }).First.WaitForAsync();
        await page.ShotAsync("audit-act");

        await page.Page.GotoAsync("/audit?event=user.login&status=success");
        await page.Page.GetByText("user.login").First.WaitForAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Clear" }).ClickAsync();
        await page.AtAsync("/audit$");
    }

    [Theory]
    [InlineData(390)]
    [InlineData(360)]
    public async Task On_a_phone_nothing_sticks_out(int width)
    {
        await server.ExecuteAsync("update organizations set name = 'Renamed on a phone'");
        await using var page = await chromium.SignedInAsync(server, "/audit", width, 844);
        await page.Page.GetByText("organization.updated").First.WaitForAsync();
        (await page.SidewaysAsync()).ShouldBe(0);
        await page.ShotAsync($"audit-{width}");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "organization.updated" }).First.ClickAsync();
        await page.Page.Locator(".audit-values").WaitForAsync();
        (await page.SidewaysAsync()).ShouldBe(0);
        await page.ShotAsync($"audit-act-{width}");
    }
}
