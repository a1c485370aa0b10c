using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Overmind.Agents;

namespace Overmind.WebConsole.Tests.Browser;

/// <summary>What was changed in a form is not lost without a question.</summary>
[Collection<FastServer>]
public class LeavingTests(FastServer server, Chromium chromium)
{
    const string Question = "Leave without storing?";

    [Theory]
    [InlineData("/agents/new", "#agent-goal")]
    [InlineData("/workflows/-/new", "#workflow-description")]
    [InlineData("/workflows/general-problem-solving", "#workflow-description")]
    [InlineData("/schedules/new", "input[maxlength='255']")]
    [InlineData("/settings", "#cost_cap_usd")]
    public async Task A_page_with_a_changed_form_asks_before_it_is_left(string path, string field)
    {
        await using var page = await chromium.SignedInAsync(server, "/runs");
        await page.Page.GotoAsync(path);
        await page.Page.Locator(field).FillAsync("17");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Playground" }).First.ClickAsync();
        await page.Page.GetByText(Question).WaitForAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Stay" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByText(Question)).ToHaveCountAsync(0);
        await Assertions.Expect(page.Page.Locator(field)).ToHaveValueAsync("17");
        page.Page.Url.ShouldEndWith(path);
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Playground" }).First.ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Leave" }).ClickAsync();
        await page.AtAsync(@"/playground$");
    }

    [Theory]
    [InlineData("/agents/new", "#agent-goal")]
    [InlineData("/workflows/-/new", "#workflow-description")]
    public async Task A_form_that_was_typed_back_to_what_it_was_is_left_without_a_question(string path, string field)
    {
        await using var page = await chromium.SignedInAsync(server, "/runs");
        await page.Page.GotoAsync(path);
        var guarded = page.Page.Locator(".guarded");
        await page.Page.Locator(field).PressSequentiallyAsync("17");
        await Assertions.Expect(guarded).ToHaveClassAsync("guarded touched");
        await page.Page.Locator(field).PressAsync("Backspace");
        await page.Page.Locator(field).PressAsync("Backspace");
        await Assertions.Expect(guarded).ToHaveClassAsync("guarded ");

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Playground" }).First.ClickAsync();
        await page.AtAsync(@"/playground$");
    }

    [Fact]
    public async Task What_is_being_typed_counts_also_for_the_browsers_back_and_for_closing_the_tab()
    {
        await using var page = await chromium.SignedInAsync(server, "/agents");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "New agent" }).ClickAsync();
        // A new page takes the focus, and keys with it.
        await page.Page.Locator("#main:focus").WaitForAsync();
        await page.Page.Locator("#agent-goal").PressSequentiallyAsync("Half a sent");

        await page.Page.EvaluateAsync("history.back()");
        await page.Page.GetByText(Question).WaitForAsync();
        await page.ShotAsync("leave-question");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Stay" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("#agent-goal")).ToHaveValueAsync("Half a sent");

        // The watcher refuses it, and the tab stays.
        page.ExpectsFaults = true;
        var asked = new TaskCompletionSource<string>();
        page.Page.Dialog += (_, dialog) => asked.TrySetResult(dialog.Type);
        await page.Page.CloseAsync(new() { RunBeforeUnload = true });
        (await asked.Task.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe("beforeunload");

        await page.Page.EvaluateAsync("history.back()");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Leave" }).ClickAsync();
        await page.AtAsync(@"/agents$");
    }

    [Fact]
    public async Task A_stored_form_is_left_without_a_question_and_so_is_a_deleted_one()
    {
        var agents = server.Services.GetRequiredService<AgentService>();
        var agent = await agents.CreateAsync(
            await server.ClaimsAsync(), new NewAgent { Key = $"left-{Guid.CreateVersion7():N}", Name = "Left", Goal = "Before.", Backstory = "Known." }, CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, $"/agents/{agent.Id}");
        await page.Page.Locator("#agent-goal").FillAsync("After.");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Page.GetByText("Stored. The next run uses it.").WaitForAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Workflows", Exact = true }).First.ClickAsync();
        await page.AtAsync(@"/workflows$");

        await page.Page.GotoAsync($"/agents/{agent.Id}");
        await page.Page.Locator("#agent-goal").FillAsync("Never stored.");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await page.Page.GetByText("The agent was deleted.").WaitForAsync();
    }

    [Theory]
    [InlineData("/models?connect=true", "input[type=url]", "Connect a provider")]
    [InlineData("/webhooks", "input[type=url]", "New webhook")]
    public async Task A_dialog_with_a_form_asks_before_it_is_closed(string path, string field, string title)
    {
        await using var page = await chromium.SignedInAsync(server, path);
        if (path is "/webhooks") await page.Page.GetByRole(AriaRole.Button, new() { Name = "webhook" }).First.ClickAsync();
        var heading = page.Page.GetByRole(AriaRole.Heading, new() { Name = title });
        await heading.WaitForAsync();
        await page.Page.Locator(field).FillAsync("https://example.com");

        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.GetByText(Question).WaitForAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Stay" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByText(Question)).ToHaveCountAsync(0);
        await Assertions.Expect(page.Page.Locator(field)).ToHaveValueAsync("https://example.com");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Leave" }).ClickAsync();
        await Assertions.Expect(heading).ToHaveCountAsync(0);
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }
}
