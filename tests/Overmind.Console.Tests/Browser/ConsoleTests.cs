using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Overmind.Access;
using Overmind.Agents;
using Overmind.Conversations;
using Overmind.Postgres;

namespace Overmind.WebConsole.Tests.Browser;

public partial class ConsoleTests(FastServer server, Chromium chromium) : IClassFixture<FastServer>
{
    // Takes the offline model two iterations.
    const string Question = "Write a persuasive email to convince your introverted friend, who dislikes public speaking, to volunteer as a guest "
        + "speaker at a local event. Use compelling arguments and address potential objections. Please be concise.";

    [Fact]
    public async Task Signing_in_works_without_scripts_and_says_what_went_wrong()
    {
        await using var page = await chromium.OpenAsync(server, scripts: false);
        await page.Page.GotoAsync("/runs");
        await page.Page.GetByLabel("E-mail").FillAsync(ConsoleServer.Email);
        await page.Page.GetByLabel("Password").FillAsync("wrong");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        (await page.Page.GetByRole(AriaRole.Alert).InnerTextAsync()).ShouldBe("E-mail or password is wrong.");
        await page.ShotAsync("sign-in-refused");

        await page.Page.GetByLabel("E-mail").FillAsync(ConsoleServer.Email);
        await page.Page.GetByLabel("Password").FillAsync(ConsoleServer.Password);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        new Uri(page.Page.Url).AbsolutePath.ShouldBe("/runs");
    }

    [Fact]
    public async Task Signing_out_closes_the_door()
    {
        await using var page = await chromium.SignedInAsync(server);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.Page.GetByLabel("Password").WaitForAsync();

        await page.Page.GotoAsync("/conversations");

        new Uri(page.Page.Url).AbsolutePath.ShouldBe("/sign-in");
    }

    [Fact]
    public async Task Every_address_leads_to_what_it_names()
    {
        var run = await AskedAsync();
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{run.ConversationId}?run={run.Id}&step=2%2Finspect");

        var dialog = page.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByText("Inspect · iteration 2").WaitForAsync();
        await page.ShotAsync("step");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Iteration 1", Exact = true }).ClickAsync();
        await dialog.GetByText("Inspect · iteration 1").WaitForAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        page.Page.Url.ShouldNotContain("step=");
    }

    [Fact]
    public async Task Two_iterations_show_their_scores_the_directive_between_them_and_which_was_kept()
    {
        var run = await AskedAsync();
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{run.ConversationId}");
        await page.StatusAsync("succeeded");

        (await page.Page.Locator("thead th").AllInnerTextsAsync()).Select(t => Spaces().Replace(t, " ")).ShouldBe(
            ["Agent", $"Iteration 1 {(await ScoresAsync(run))[0]}", $"Iteration 2 {(await ScoresAsync(run))[1]} kept"]);
        await page.Page.GetByText("Repair directive for iteration 2").WaitForAsync();
        await page.ShotAsync("console-light");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Dark", Exact = true }).ClickAsync();
        await page.ShotAsync("console-dark");
    }

    [Fact]
    public async Task The_theme_stays_and_is_there_with_the_first_byte()
    {
        await using var page = await chromium.SignedInAsync(server);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Dark", Exact = true }).ClickAsync();

        var first = await (await page.Page.ReloadAsync())!.TextAsync();

        first.ShouldContain("data-theme=\"dark\"");
        (await page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")).ShouldBe("rgb(20, 20, 22)");
    }

    [Theory]
    [InlineData(390)]
    [InlineData(360)]
    public async Task A_phone_has_thread_and_run_in_turn_and_nothing_sticks_out(int width)
    {
        var run = await AskedAsync();
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{run.ConversationId}", width, 844);
        await page.Page.Locator(".message.assistant").WaitForAsync();
        (await page.SidewaysAsync()).ShouldBe(0);
        await page.ShotAsync($"phone-{width}-thread");

        await page.Page.Locator(".tabs a", new() { HasTextString = "Run" }).ClickAsync();
        await page.Page.Locator(".dial:visible").WaitForAsync();
        (await page.SidewaysAsync()).ShouldBe(0);
        (await page.Page.Locator("a.cell:visible").CountAsync()).ShouldBe(6, "one iteration at a time");
        await page.ShotAsync($"phone-{width}-run");

        foreach (var path in new[] { "/runs", "/conversations", "/conversations/new" })
        {
            await page.Page.GotoAsync(path);
            await page.Page.Locator(".rows, textarea").First.WaitForAsync();
            (await page.SidewaysAsync()).ShouldBe(0, path);
        }

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Menu", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Runs" }).ClickAsync();
        await page.Page.WaitForURLAsync("**/runs");
    }

    [Fact]
    public async Task Everything_is_reached_by_the_keyboard()
    {
        var run = await AskedAsync();
        var title = (await Conversations.GetAsync(await ClaimsAsync(), run.ConversationId, CancellationToken.None)).Title;
        await using var page = await chromium.SignedInAsync(server);
        await page.Page.Locator(".rows").WaitForAsync();

        await page.Page.Keyboard.PressAsync("Control+k");
        await page.Page.Locator("command-list input:focus").WaitForAsync();
        await page.Page.Keyboard.TypeAsync("introverted friend");
        await page.ShotAsync("palette");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.Locator($"h1:has-text(\"{title[..30]}\")").WaitForAsync();

        await page.Page.Locator(".message.assistant").WaitForAsync();
        await TabToAsync(page, "a.cell");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await page.Page.Keyboard.PressAsync("/");
        (await page.Page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("ask");
        await page.Page.Keyboard.TypeAsync("? r c");
        (await page.Page.GetByLabel("Your question").InputValueAsync()).ShouldBe("? r c", "in a field, keys write");
        await page.Page.EvaluateAsync("document.activeElement.blur()");
        await page.Page.Keyboard.PressAsync("?");
        await page.Page.GetByText("Keyboard shortcuts").WaitForAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Page.Keyboard.PressAsync("r");
        await page.Page.WaitForURLAsync("**/runs");
    }

    [Fact]
    public async Task A_conversation_is_renamed_and_deleted()
    {
        var run = await AskedAsync();
        await using var page = await chromium.SignedInAsync(server);
        var row = page.Page.Locator($"tr:has(a[href='conversations/{run.ConversationId}'])");

        await row.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await page.Page.Locator("input:focus").WaitForAsync();
        await page.Page.Keyboard.TypeAsync("A guest <b>speaker</b>");
        await page.Page.Keyboard.PressAsync("Enter");
        await row.GetByText("A guest <b>speaker</b>").WaitForAsync();
        await page.ShotAsync("conversations");

        await row.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await row.WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await page.Page.GotoAsync($"/conversations/{run.ConversationId}");
        await page.Page.GetByText("There is no such conversation").WaitForAsync();
    }

    [Fact]
    public async Task Hostile_text_is_shown_and_does_nothing()
    {
        const string hostile = "<script>alert(1)</script><img src=\"https://example.org/x.png\" onerror=\"alert(2)\">";
        var claims = await ClaimsAsync();
        var conversation = await Conversations.CreateAsync(claims, new NewConversation { Title = hostile }, CancellationToken.None);
        foreach (var role in new[] { MessageRole.User, MessageRole.Assistant, MessageRole.System })
            await Conversations.AppendAsync(
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
        var claims = await ClaimsAsync();
        var conversation = await Conversations.CreateAsync(claims, new NewConversation(), CancellationToken.None);
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

    [Fact]
    public async Task A_viewer_reads_what_is_shared_and_may_not_ask()
    {
        var run = await AskedAsync();
        await Conversations.UpdateAsync(
            await ClaimsAsync(), run.ConversationId, new ConversationPatch { Visibility = Visibility.Organization }, null, CancellationToken.None);
        var secret = await AskedAsync();
        await server.ExecuteAsync(
            """
            with made as (
                insert into users (email, name, password_hash)
                values ('viewer@example.org', 'Viewer', $1)
                returning id
            )
            insert into organization_members (organization_id, user_id, display_name, role)
            select $2, id, 'Viewer', 'viewer'
            from made
            """,
            server.Services.GetRequiredService<PasswordHasher>().Hash("let me see it"), (await ClaimsAsync()).OrganizationId!);
        await using var page = await chromium.OpenAsync(server);

        await page.SignInAsync($"/conversations/{run.ConversationId}", "viewer@example.org", "let me see it");

        await page.Page.Locator(".message.assistant").WaitForAsync();
        (await page.Page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).IsDisabledAsync()).ShouldBeTrue();
        (await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).CountAsync()).ShouldBe(0);
        await page.Page.GotoAsync($"/conversations/{secret.ConversationId}");
        await page.Page.GetByText("There is no such conversation").WaitForAsync();
        await page.ShotAsync("not-found");
    }

    [Fact]
    public async Task Older_conversations_are_on_the_next_page()
    {
        var claims = await ClaimsAsync();
        foreach (var i in Enumerable.Range(1, 40))
            await Conversations.CreateAsync(claims, new NewConversation { Title = $"Conversation {i}" }, CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, "/conversations");
        await page.Page.GetByText("Conversation 40", new() { Exact = true }).Last.WaitForAsync();

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Older" }).ClickAsync();

        await page.Page.Locator(".rows a", new() { HasTextString = "Conversation 10" }).WaitForAsync();
        (await page.Page.Locator(".rows a", new() { HasTextString = "Conversation 11" }).CountAsync()).ShouldBe(0);
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Newest" }).ClickAsync();
        await page.Page.Locator(".rows a", new() { HasTextString = "Conversation 40" }).WaitForAsync();
    }

    ConversationService Conversations => server.Services.GetRequiredService<ConversationService>();

    RunService Runs => server.Services.GetRequiredService<RunService>();

    /// <summary>A question that was asked and answered.</summary>
    async Task<Run> AskedAsync()
    {
        var claims = await ClaimsAsync();
        var conversation = await Conversations.CreateAsync(claims, new NewConversation(), CancellationToken.None);
        var run = await Runs.CreateAsync(claims, conversation.Id, Question, null, CancellationToken.None);
        await foreach (var happened in Runs.EventsAsync(claims, run.Id, -1, CancellationToken.None))
            if (happened.IsTerminal) break;
        return await Runs.GetAsync(claims, run.Id, CancellationToken.None);
    }

    async Task<IReadOnlyList<string>> ScoresAsync(Run run)
    {
        var view = new WebConsole.Agents.RunViewModel(run, await Runs.StepsAsync(await ClaimsAsync(), run.Id, CancellationToken.None));
        return [.. view.Iterations.Select(i => WebConsole.Text.Figures.Score(i.Score, run.QualityThreshold))];
    }

    async Task<Claims> ClaimsAsync() => (await server.Services.GetRequiredService<SignInService>()
        .SignInAsync(ConsoleServer.Email, ConsoleServer.Password, "127.0.0.1", CancellationToken.None)).Claims;

    static async Task TabToAsync(WatchedPage page, string selector)
    {
        for (var i = 0; i < 60; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            if (await page.Page.EvaluateAsync<bool>("s => document.activeElement.matches(s)", selector)) return;
        }

        throw new TimeoutException($"Tab did not reach {selector}");
    }

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
