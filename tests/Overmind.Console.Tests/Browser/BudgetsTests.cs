using Microsoft.Playwright;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<SettingsServer>]
public class BudgetsTests(SettingsServer server, Chromium chromium)
{
    [Fact]
    public async Task An_admin_sets_a_budget_sees_how_far_it_is_used_raises_it_pauses_it_and_removes_it()
    {
        await server.ExecuteAsync(
            """
            insert into token_usage (organization_id, provider, model, status, settled_at, tokens_input, cost)
            select organization_id, 'openai', 'gpt-budget', 'settled', now(), 1000, 0.9
            from organization_members
            limit 1
            """);
        await using var page = await chromium.SignedInAsync(server, "/budgets");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "New budget" }).ClickAsync();
        await page.Page.GetByLabel("Name").FillAsync("A dollar a month");
        await page.Page.GetByLabel("What it limits").SelectOptionAsync("a model");
        await page.Page.GetByLabel("Which one").FillAsync("openai/gpt-budget");
        await page.Page.GetByPlaceholder("50").FillAsync("one");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Set it" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByText("A number, as 50 or 12.5.")).ToBeVisibleAsync();
        await page.Page.GetByPlaceholder("50").FillAsync("1");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Set it" }).ClickAsync();

        var row = page.Page.GetByRole(AriaRole.Row, new() { Name = "A dollar a month" });
        await Assertions.Expect(row).ToContainTextAsync("$0.90 of $1.00");
        await Assertions.Expect(row).ToContainTextAsync("nearly used");
        await page.ShotAsync("budgets");

        await row.GetByRole(AriaRole.Button, new() { Name = "Change A dollar a month" }).ClickAsync();
        await page.Page.GetByPlaceholder("50").FillAsync("20");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Store" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("$0.90 of $20.00");
        await Assertions.Expect(row).ToContainTextAsync("within");

        await row.GetByRole(AriaRole.Button, new() { Name = "Pause A dollar a month" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("paused");
        await row.GetByRole(AriaRole.Button, new() { Name = "Remove A dollar a month" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
    }
}
