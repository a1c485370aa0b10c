using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public class WebhooksTests(FastServer server, Chromium chromium)
{
    [Fact]
    public async Task A_webhook_is_added_tested_read_sent_again_rotated_and_deleted()
    {
        await using var receiver = await HookReceiver.StartAsync();
        await using var page = await chromium.SignedInAsync(server, "/webhooks");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "webhook" }).First.ClickAsync();
        await page.Page.GetByLabel("Address").FillAsync("https://10.0.0.1/hooks");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        (await page.Page.GetByRole(AriaRole.Alert).InnerTextAsync()).ShouldContain("10.0.0.1 is private");
        await page.Page.GetByLabel("Address").FillAsync(receiver.Url);
        await page.Page.GetByLabel("What it is for").FillAsync("Tells the pager");
        await page.ShotAsync("webhook-new");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();

        var secret = await page.Page.Locator(".secret").InnerTextAsync();
        secret.ShouldStartWith("whsec_");
        await page.ShotAsync("webhook-secret");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "It is kept" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Send a test" }).ClickAsync();
        await page.Page.Locator(".rows .tag", new() { HasTextString = "succeeded" }).WaitForAsync();
        await page.Page.Locator(".head .tag", new() { HasTextString = "works" }).WaitForAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByLabel("Address")).ToHaveValueAsync(receiver.Url);
        await page.Page.GetByLabel("Address").FillAsync("http://example.com/");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Page.Locator(".field-error", new() { HasTextString = "url is https" }).WaitForAsync();
        await page.Page.GetByLabel("Address").FillAsync(receiver.Url);
        await page.Page.GetByLabel("What it is for").FillAsync("Tells the night shift");
        await page.Page.GetByLabel("run.failed").CheckAsync();
        await page.ShotAsync("webhook-edit");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Page.GetByText("Tells the night shift").WaitForAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        receiver.Status = StatusCodes.Status503ServiceUnavailable;
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Send a test" }).ClickAsync();
        await page.Page.Locator(".rows td.figure", new() { HasTextString = "503" }).WaitForAsync();
        await page.ShotAsync("webhook");
        await page.Page.Locator(".rows a", new() { HasTextString = "webhook_endpoint.test" }).First.ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByText("Come back later").First.WaitForAsync();
        await page.ShotAsync("webhook-delivery");
        await page.Page.ReloadAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".rows tbody tr")).ToHaveCountAsync(3);

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "New secret" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        (await page.Page.Locator(".secret").InnerTextAsync()).ShouldNotBe(secret);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "It is kept" }).ClickAsync();
        await page.Page.GetByText("The old secret signs until").WaitForAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(page.Page).ToHaveURLAsync($"{server.Url}/webhooks", new() { Timeout = 20_000 });
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0, new() { Timeout = 20_000 });
    }
}
