using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Overmind.Agents;
using Overmind.Conversations;
using Overmind.Tenancy;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<SettingsServer>]
public class SettingsTests(SettingsServer server, Chromium chromium)
{
    [Fact]
    public async Task Settings_of_runs_are_stored_and_the_next_run_follows()
    {
        await using var page = await chromium.SignedInAsync(server, "/settings");
        await page.Page.GetByLabel("Quality threshold").FillAsync("7.5");
        await page.Page.GetByLabel("Iterations at most").FillAsync("2");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Page.GetByText("Stored.").WaitForAsync();
        await page.ShotAsync("settings");

        await page.Page.ReloadAsync();
        (await page.Page.GetByLabel("Quality threshold").InputValueAsync()).ShouldBe("7.5");
        await page.Page.GotoAsync("/conversations/new");
        await page.Page.GetByText("threshold 7.5").WaitForAsync();
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_the_setting_and_changes_that_meet_are_told()
    {
        await using var page = await chromium.SignedInAsync(server, "/settings");
        await page.Page.GetByLabel("Model of the judge").FillAsync("nobody/m");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Page.Locator(".setting.refused").GetByText("No provider 'nobody' is connected here").WaitForAsync();
        await page.ShotAsync("settings-refused");

        await server.ExecuteAsync("update organizations set settings = settings || '{\"deadline_seconds\": 321}'");
        await page.Page.GetByLabel("Model of the judge").FillAsync("");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Show theirs" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("#deadline_seconds")).ToHaveValueAsync("321");
    }

    [Fact]
    public async Task Keeping_conversations_for_a_shorter_time_tells_first_how_many_that_concerns()
    {
        await server.ExecuteAsync("insert into conversations (organization_id, user_id, last_activity_at) select o.id, m.user_id, now() - interval '400 days' from organizations o join organization_members m on m.organization_id = o.id, generate_series(1, 3)");
        await using var page = await chromium.SignedInAsync(server, "/settings");
        await page.Page.GetByLabel("Keep conversations (days)").FillAsync("365");
        await page.Page.GetByLabel("Count uses and quality").UncheckAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Page.GetByText("3 conversations without activity for so long").WaitForAsync();
        await page.ShotAsync("settings-retention");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".mud-dialog")).ToHaveCountAsync(0);
        (await SettingsAsync()).DataRetentionDays.ShouldBeNull();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Store it" }).ClickAsync();
        await page.Page.GetByText("Stored.").WaitForAsync();
        var stored = await SettingsAsync();
        (stored.DataRetentionDays, stored.EnableAnalytics).ShouldBe((365, false));

        await page.Page.GetByLabel("Keep conversations (days)").FillAsync("366");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Overmind.Testing.Poll.UntilAsync(async () => (await SettingsAsync()).DataRetentionDays == 366);
        await page.Page.ReloadAsync();
        await page.Page.GetByLabel("Keep the audit log (days)").FillAsync("36500");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Page.GetByText("No act in the audit log is so old now").WaitForAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Store it" }).ClickAsync();
        await Overmind.Testing.Poll.UntilAsync(async () => (await SettingsAsync()).AuditRetentionDays == 36500);
        await page.Page.ReloadAsync();
        await page.Page.GetByLabel("Keep the audit log (days)").FillAsync("");
        await page.Page.GetByLabel("Keep conversations (days)").FillAsync("");
        await page.Page.GetByLabel("Count uses and quality").CheckAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Overmind.Testing.Poll.UntilAsync(async () => (await SettingsAsync()).DataRetentionDays is null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_hidden_page_tells_of_its_members_runs_by_a_notification_or_where_none_is_allowed_in_its_title(bool isAllowed)
    {
        await server.ExecuteAsync("update users set preferences = '{}'");
        await using var page = await chromium.SignedInAsync(server, "/settings");
        await page.Page.Context.AddInitScriptAsync(BrowserNotifications(isAllowed));
        await page.Page.ReloadAsync();
        await page.Page.GetByLabel("Notifications").CheckAsync();
        await StoredAsync(p => p.NotificationsEnabled);
        (await page.Page.EvaluateAsync<int>("asked")).ShouldBe(1);
        await Assertions.Expect(page.Page.GetByText("This browser does not allow it here")).ToHaveCountAsync(isAllowed ? 0 : 1);
        await page.ShotAsync($"settings-notifications-{(isAllowed ? "allowed" : "denied")}");

        await page.Page.GotoAsync("/runs");
        await page.Page.Locator(".run-notices").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Page.EvaluateAsync("hide(true)");
        var run = await AskAsync("Why is the sky blue?");
        if (isAllowed)
        {
            await Overmind.Testing.Poll.UntilAsync(() => page.Page.EvaluateAsync<bool>("told.length > 0"));
            (await page.Page.EvaluateAsync<string>("told[0].title")).ShouldBe("Why is the sky blue?");
            (await page.Page.EvaluateAsync<string>("told[0].body")).ShouldStartWith("Answered: ");
            (await page.Page.EvaluateAsync<string>("told[0].tag")).ShouldBe(run.ToString());
            (await page.Page.TitleAsync()).ShouldBe("Runs · Overmind");
            await page.Page.EvaluateAsync("hide(false)");
            await page.Page.EvaluateAsync("told[0].dispatchEvent(new Event('click'))");
            await page.AtAsync($@"/conversations/.*\?run={run}$");
        }
        else
        {
            await Assertions.Expect(page.Page).ToHaveTitleAsync("(1) Runs · Overmind");
            await AskAsync("Why is the sea salt?");
            await Assertions.Expect(page.Page).ToHaveTitleAsync("(2) Runs · Overmind");
            await page.Page.EvaluateAsync("hide(false)");
            (await page.Page.TitleAsync()).ShouldBe("Runs · Overmind");
            (await page.Page.EvaluateAsync<int>("told.length")).ShouldBe(0);
        }

        await server.ExecuteAsync("update users set preferences = '{}'");
    }

    /// <summary>A browser with a person who allows notifications or does not, and a page that can be hidden.</summary>
    static string BrowserNotifications(bool isAllowed) =>
        $$"""
        Object.assign(window, { told: [], asked: 0, isHidden: false });
        window.Notification = class extends EventTarget {
          static permission = "default";
          static async requestPermission() { asked += 1; return Notification.permission = "{{(isAllowed ? "granted" : "denied")}}"; }
          constructor(title, options) { super(); Object.assign(this, { title, ...options }); told.push(this); }
          close() { }
        };
        if (location.pathname !== "/settings") Notification.permission = "{{(isAllowed ? "granted" : "denied")}}";
        Object.defineProperty(document, "hidden", { get: () => isHidden });
        window.hide = value => { isHidden = value; document.dispatchEvent(new Event("visibilitychange")); };
        """;

    /// <summary>Asks as the admin does from another program; returns the run.</summary>
    async Task<Guid> AskAsync(string question)
    {
        var admin = await server.ClaimsAsync();
        var conversation = await server.Services.GetRequiredService<ConversationService>().CreateAsync(admin, new NewConversation(), CancellationToken.None);
        return (await server.Services.GetRequiredService<RunService>().CreateAsync(admin, conversation.Id, question, new RunOptions { MaxN2Iterations = 1 }, CancellationToken.None)).Id;
    }

    [Fact]
    public async Task Preferences_hold_as_they_are_made()
    {
        await using var page = await chromium.SignedInAsync(server, "/settings", 390, 844);
        await page.Page.Locator("#theme").SelectOptionAsync("dark");
        await Assertions.Expect(page.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        (await page.SidewaysAsync()).ShouldBe(0);
        await page.ShotAsync("settings-phone-dark");

        await page.Page.GetByLabel("Keyboard shortcuts").Last.UncheckAsync();
        await StoredAsync(p => !p.KeyboardShortcutsEnabled);
        await page.Page.Locator("member-preferences[shortcuts=off]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Page.EvaluateAsync("document.activeElement.blur()");
        await page.Page.Keyboard.PressAsync("r");
        await page.Page.GetByLabel("Debug information").CheckAsync();
        await StoredAsync(p => p.ShowDebugInfo);
        page.Page.Url.ShouldEndWith("/settings", customMessage: "keys do nothing now");

        await page.Page.GetByLabel("Title of new conversations").FillAsync("Untitled");
        await page.Page.Keyboard.PressAsync("Enter");
        await StoredAsync(p => p.DefaultConversationTitle == "Untitled");
        await page.AskAsync("How do I learn to bake bread?");
        await page.Page.Locator("h1", new() { HasTextString = "Untitled" }).WaitForAsync();
        await page.Page.Locator(".tabs a", new() { HasTextString = "Run" }).ClickAsync();
        await page.Page.Locator(".debug summary", new() { HasTextString = "Run" }).ClickAsync();
        await page.Page.GetByText("\"question_message_id\"").WaitForAsync();
        await page.StatusAsync("succeeded");
    }

    async Task<OrganizationSettings> SettingsAsync() =>
        await server.Services.GetRequiredService<OrganizationSettingsService>().GetAsync(await server.ClaimsAsync(), CancellationToken.None);

    Task StoredAsync(Func<Preferences, bool> holds) => Overmind.Testing.Poll.UntilAsync(async () =>
        holds(await server.Services.GetRequiredService<PreferencesService>().GetAsync(await server.ClaimsAsync(), CancellationToken.None)));
}
