using Microsoft.Playwright;

namespace Overmind.WebConsole.Tests.Browser;

public class LiveRunTests(SlowServer server, Chromium chromium) : IClassFixture<SlowServer>
{
    const string Question = "How should a team of five plan the migration of a payroll system without missing a pay day?";

    [Fact]
    public async Task A_question_is_watched_to_its_answer_which_is_there_after_a_reload()
    {
        await using var page = await chromium.SignedInAsync(server);

        await page.AskAsync(Question);
        await page.StatusAsync("running");
        await page.Page.Locator(".live").First.WaitForAsync();
        await page.AtAsync(@"/conversations/.*-.*");
        await page.ShotAsync("live");

        // In the middle of the run: it goes on where it is.
        await page.Page.ReloadAsync();
        await page.Page.Locator(".working-step.now, .chip.good").First.WaitForAsync();
        await page.StatusAsync("succeeded");

        var chip = page.Page.Locator(".message.assistant .chip");
        await chip.WaitForAsync();
        var answer = await page.Page.Locator(".message.assistant .message-body").InnerTextAsync();
        await page.Page.ReloadAsync();

        (await page.Page.Locator(".message.assistant .message-body").InnerTextAsync()).ShouldBe(answer);
        answer.ShouldContain("payroll system");
        (await page.Page.Locator(".message.user .message-body").InnerTextAsync()).ShouldBe(Question);
        (await chip.InnerTextAsync()).ShouldMatch(@"^\d+\.\d of 10 after \d iterations?$");
        (await page.Page.Locator("tbody tr").CountAsync()).ShouldBe(8, "six agents, the synthesis and what followed");
        (await page.Page.Locator(".message.assistant .tag").InnerTextAsync()).ShouldBe("offline");
        await page.ShotAsync("answer");
    }

    [Fact]
    public async Task The_stop_button_ends_a_run()
    {
        await using var page = await chromium.SignedInAsync(server);
        await page.AskAsync(Question);
        await page.Page.Locator(".live").First.WaitForAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();

        await page.StatusAsync("cancelled");
        await page.Page.Locator(".message .chip", new() { HasTextString = "cancelled" }).WaitForAsync();
        (await page.Page.Locator(".outcome").InnerTextAsync()).ShouldStartWith("It was stopped.");
        (await page.Page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).IsEnabledAsync()).ShouldBeTrue();
        await page.ShotAsync("stopped");
    }

    [Fact]
    public async Task A_run_that_was_stopped_goes_on_where_it_ended()
    {
        await using var page = await chromium.SignedInAsync(server);
        await page.AskAsync(Question);
        await page.Page.Locator("a.cell .growing, .cell-meta").First.WaitForAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await page.StatusAsync("cancelled");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();

        await page.StatusAsync("succeeded");
        await page.Page.Locator(".message.assistant").WaitForAsync();
        (await page.Page.GetByRole(AriaRole.Button, new() { Name = "Retry" }).CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_phone_shows_the_run_as_it_happens()
    {
        await using var page = await chromium.SignedInAsync(server, "/", 390, 844);
        await page.AskAsync(Question);
        await page.Page.Locator(".tabs a", new() { HasTextString = "Run" }).ClickAsync();

        await page.Page.Locator(".live:visible").First.WaitForAsync();
        await page.ShotAsync("phone-live");

        (await page.SidewaysAsync()).ShouldBe(0);
    }
}
