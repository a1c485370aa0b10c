using Microsoft.Playwright;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public class ComparisonTests(FastServer server, Chromium chromium)
{
    [Fact]
    public async Task Two_runs_are_compared_from_the_run_panel()
    {
        var (left, right) = (await server.AskedAsync(), await server.AskedAsync());
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{left.ConversationId}?run={left.Id}");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Compare", Exact = true }).ClickAsync();
        await page.Page.GetByText("Choose the run to compare it with").WaitForAsync();
        await page.Page.Locator($".rows a[href$='right={right.Id}']").ClickAsync();

        await page.Page.GetByText("Answers, line by line").WaitForAsync();
        (await page.Page.GetByText("Iteration 2", new() { Exact = true }).CountAsync()).ShouldBe(1);
        (await page.Page.Locator(".compared-step").CountAsync()).ShouldBe(2 * 2 * 10, "six agents and four phases, two iterations of two runs");
        await page.Page.ReloadAsync();
        await page.Page.GetByText("Both answers are the same, to the letter.").WaitForAsync();
        await page.ShotAsync("compare");
    }

    [Fact]
    public async Task A_step_is_replayed_with_a_model_beside_the_run()
    {
        var run = await server.AskedAsync();
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{run.ConversationId}?run={run.Id}&step=1%2Fobserve");
        await page.Page.GetByPlaceholder("provider/model").FillAsync("nobody");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();
        await page.Page.GetByText("A model is provider/model").WaitForAsync();
        await page.Page.GetByPlaceholder("provider/model").FillAsync("offline/offline");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();
        await page.Page.Locator(".replay .tag", new() { HasTextString = "succeeded" }).WaitForAsync();
        await page.Page.Locator(".replay summary").ClickAsync();
        await page.ShotAsync("replay");
        (await server.Runs.GetAsync(await server.ClaimsAsync(), run.Id, CancellationToken.None)).TokensInput.ShouldBe(run.TokensInput);
    }
}
