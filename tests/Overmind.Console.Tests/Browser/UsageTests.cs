using Microsoft.Playwright;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<SettingsServer>]
public class UsageTests(SettingsServer server, Chromium chromium)
{
    [Fact]
    public async Task An_admin_sees_what_calls_cost_by_model_and_by_user_and_takes_it_along()
    {
        await server.ExecuteAsync(
            """
            insert into token_usage (organization_id, user_id, provider, model, status, settled_at, tokens_input, cost)
            select organization_id, user_id, 'openai', 'gpt-usage', 'settled', now(), 1000, 0.1234
            from organization_members
            limit 1
            """);
        await using var page = await chromium.SignedInAsync(server, "/usage");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Row, new() { Name = "openai/gpt-usage" })).ToContainTextAsync("$0.1234");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" })).ToHaveAttributeAsync("download", "usage.csv");
        await page.ShotAsync("usage");

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "by user" }).ClickAsync();
        await page.AtAsync("by=user$");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Row, new() { Name = "ada" })).ToContainTextAsync("$0.1234");
    }
}
