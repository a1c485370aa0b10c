using Microsoft.Playwright;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<TenancyServer>]
public class KeysTests(TenancyServer server, Chromium chromium)
{
    [Fact]
    public async Task A_key_is_made_with_chosen_scopes_shown_once_rotated_and_revoked()
    {
        await using var page = await chromium.SignedInAsync(server, "/keys");
        await Button("New key").ClickAsync();
        await page.Page.GetByLabel("What it is for").FillAsync("Nightly reports");
        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Ends" }).SelectOptionAsync(new SelectOptionValue { Label = "in 30 days" });
        await page.Page.GetByLabel("what makes a model work").CheckAsync();
        await page.Page.GetByText("Only in some modules").ClickAsync();
        await Assertions.Expect(page.Page.GetByLabel("jobs.read")).ToBeDisabledAsync();
        await page.Page.GetByLabel("jobs.write").CheckAsync();
        await page.ShotAsync("new-key");
        await Button("Make it").ClickAsync();
        var token = await TokenAsync();
        (await MeAsync(token)).ShouldContain("""["read","run","jobs.write"]""");
        await Button("It is kept").ClickAsync();
        var row = page.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Nightly reports" });
        await Assertions.Expect(row).ToHaveCountAsync(1);
        await Assertions.Expect(row).ToContainTextAsync("read run jobs.write");
        await page.ShotAsync("keys");

        await Button("Rotate Nightly reports").ClickAsync();
        await page.Page.GetByLabel("The old key ends").SelectOptionAsync(new SelectOptionValue { Label = "in an hour" });
        await Button("Make a new key").ClickAsync();
        var renewed = await TokenAsync();
        renewed.ShouldNotBe(token);
        await Button("It is kept").ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(2);
        await Assertions.Expect(page.Page.GetByText("being replaced")).ToHaveCountAsync(1);
        (await MeAsync(token)).ShouldContain("api_key_id");
        (await MeAsync(renewed)).ShouldContain("api_key_id");

        foreach (var left in (int[])[1, 0])
        {
            await Button("Revoke Nightly reports").First.ClickAsync();
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke", Exact = true }).ClickAsync();
            await Assertions.Expect(Button("Revoke Nightly reports")).ToHaveCountAsync(left);
        }
        (await MeAsync(renewed)).ShouldContain("invalid_api_key");

        ILocator Button(string name) => page.Page.GetByRole(AriaRole.Button, new() { Name = name });

        async Task<string> TokenAsync() => (await page.Page.Locator("code.secret").InnerTextAsync()).Trim();
    }

    async Task<string> MeAsync(string token)
    {
        using var http = new HttpClient { BaseAddress = new Uri(server.Url) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return await (await http.GetAsync("/v1/me")).Content.ReadAsStringAsync();
    }
}
