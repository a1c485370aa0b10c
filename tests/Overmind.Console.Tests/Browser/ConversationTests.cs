using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Overmind.Conversations;
using Overmind.WebConsole.Agents;
using Overmind.WebConsole.Text;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public partial class ConversationTests(FastServer server, Chromium chromium)
{
    [Fact]
    public async Task Every_address_leads_to_what_it_names()
    {
        var run = await server.AskedAsync();
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{run.ConversationId}?run={run.Id}&step=2%2Finspect");

        var dialog = page.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByText("Inspect · iteration 2").WaitForAsync();
        await page.ShotAsync("step");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Iteration 1", Exact = true }).ClickAsync();
        await dialog.GetByText("Inspect · iteration 1").WaitForAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.AtAsync("^(?!.*step=)");
    }

    [Fact]
    public async Task Two_iterations_show_their_scores_the_directive_between_them_and_which_was_kept()
    {
        var run = await server.AskedAsync();
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{run.ConversationId}");
        await page.StatusAsync("succeeded");

        (await page.Page.Locator("thead th").AllInnerTextsAsync()).Select(t => Spaces().Replace(t, " ")).ShouldBe(
            ["Agent", $"Iteration 1 {(await ScoresAsync(run))[0]}", $"Iteration 2 {(await ScoresAsync(run))[1]} kept"]);
        await page.Page.GetByText("Repair directive for iteration 2").WaitForAsync();
        (await page.Page.Locator(".message.user time").InnerTextAsync()).ShouldEndWith(
            run.CreatedAt.ToOffset(TimeSpan.FromHours(9)).ToString("HH:mm"), customMessage: "in the browser's time zone");
        await page.ShotAsync("console-light");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Dark", Exact = true }).ClickAsync();
        await page.ShotAsync("console-dark");
    }

    [Fact]
    public async Task Hostile_text_is_shown_and_does_nothing()
    {
        const string hostile = "<script>alert(1)</script><img src=\"https://example.org/x.png\" onerror=\"alert(2)\">";
        var claims = await server.ClaimsAsync();
        var conversation = await server.Conversations.CreateAsync(claims, new NewConversation { Title = hostile }, CancellationToken.None);
        foreach (var role in new[] { MessageRole.User, MessageRole.Assistant, MessageRole.System })
            await server.Conversations.AppendAsync(
                claims, conversation.Id,
                new NewMessage { Role = role, Content = $"{hostile}\n\n[a](javascript:alert(3)) ![b](https://example.org/y.png)" }, CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{conversation.Id}");

        await page.Page.Locator(".message.system").WaitForAsync();
        (await page.Page.Locator(".message a[href^=javascript], .message img, .message script").CountAsync()).ShouldBe(0);
        (await page.Page.Locator("h1").InnerTextAsync()).ShouldBe(hostile);
    }

    [Fact]
    public async Task A_question_that_is_refused_stays_and_says_why()
    {
        await using var page = await chromium.SignedInAsync(server, "/conversations/new");
        var question = string.Concat(Enumerable.Repeat("äöü ", 150_000));
        await page.Page.GetByLabel("Your question").FillAsync(question);

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();

        (await page.Page.GetByRole(AriaRole.Alert).InnerTextAsync()).ShouldContain("1050000 bytes");
        (await page.Page.GetByLabel("Your question").InputValueAsync()).Length.ShouldBe(question.Length);
    }

    [Fact]
    public async Task A_run_that_failed_says_why_and_the_question_stays()
    {
        var claims = await server.ClaimsAsync();
        var conversation = await server.Conversations.CreateAsync(claims, new NewConversation(), CancellationToken.None);
        await server.ExecuteAsync(
            "update conversations set model_provider = 'nowhere', model_name = 'oracle' where id = $1", conversation.Id);
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{conversation.Id}");

        await page.Page.GetByLabel("Your question").FillAsync("Is anybody there?");
        await page.Page.Keyboard.PressAsync("Enter");

        await page.StatusAsync("failed");
        (await page.Page.Locator(".run .alert").InnerTextAsync()).ShouldContain("nowhere");
        await page.Page.Locator(".message.failed").WaitForAsync();
        (await page.Page.Locator(".message.user .message-body").InnerTextAsync()).ShouldBe("Is anybody there?");
        await page.ShotAsync("failed");
    }

    async Task<IReadOnlyList<string>> ScoresAsync(Overmind.Agents.Run run)
    {
        var view = new RunViewModel(run, await server.Runs.StepsAsync(await server.ClaimsAsync(), run.Id, CancellationToken.None));
        return [.. view.Iterations.Select(i => Figures.Score(i.Score, run.QualityThreshold))];
    }

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
