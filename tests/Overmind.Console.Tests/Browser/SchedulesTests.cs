using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Overmind.Jobs.Schedules;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public class SchedulesTests(FastServer server, Chromium chromium)
{
    [Fact]
    public async Task A_schedule_is_read_in_words_while_it_is_typed_and_made()
    {
        await using var page = await chromium.SignedInAsync(server, "/schedules/new");
        var reading = page.Page.Locator(".preview .reading");
        await Assertions.Expect(reading).ToHaveTextAsync("Monday to Friday at 09:00 by the clock of Asia/Tokyo");
        await page.Page.GetByLabel("Name").FillAsync("Morning digest");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Cron", Exact = true }).ClickAsync();
        var cron = page.Page.GetByLabel("Cron: minute, hour");
        await cron.FillAsync("");
        await cron.PressSequentiallyAsync("15 7 * * SAT,SUN");
        await Assertions.Expect(reading).ToHaveTextAsync("Saturday and Sunday at 07:15 by the clock of Asia/Tokyo");
        await page.Page.GetByLabel("Time zone").FillAsync("Europe/Berlin");
        await Assertions.Expect(page.Page.Locator(".preview tbody tr")).ToHaveCountAsync(10);
        await page.ShotAsync("schedule-form");
        await page.Page.GetByLabel("Payload").FillAsync("""{"text": "Good morning"}""");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Make the schedule" }).ClickAsync();

        (await page.Page.Locator(".field-error").InnerTextAsync()).ShouldContain("does not fit");
        await page.Page.GetByLabel("Payload").FillAsync("""{"message": "Good morning"}""");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Make the schedule" }).ClickAsync();
        await page.Page.Locator("h1", new() { HasTextString = "Morning digest" }).WaitForAsync();
        await Assertions.Expect(page.Page.Locator(".next-runs tbody tr")).ToHaveCountAsync(10);
        await page.ShotAsync("schedule");
    }

    [Fact]
    public async Task A_schedule_is_changed_in_the_same_form_and_of_two_edits_at_once_the_second_decides()
    {
        var schedules = server.Services.GetRequiredService<ScheduleService>();
        var claims = await server.ClaimsAsync();
        var schedule = await schedules.CreateAsync(
            claims,
            new NewSchedule
            {
                Name = "Weekly report",
                Kind = "ping",
                Payload = """{"message": "Report"}""",
                Timetable = new Timetable { Cadence = new(CadenceMode.Custom, [1, 4]), LocalTime = "16:00", TimeZone = "Europe/Berlin" },
            },
            CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, $"/schedules/{schedule.Id}");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        var reading = page.Page.Locator(".preview .reading");
        await Assertions.Expect(reading).ToHaveTextAsync("Monday and Thursday at 16:00 by the clock of Europe/Berlin");
        (await page.Page.GetByLabel("Payload").InputValueAsync()).ShouldContain("Report");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Thursday" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Friday" }).ClickAsync();
        await page.Page.GetByLabel("Local time").FillAsync("17:30");
        await Assertions.Expect(reading).ToHaveTextAsync("Monday and Friday at 17:30 by the clock of Europe/Berlin");
        await Assertions.Expect(page.Page.Locator(".preview tbody tr")).ToHaveCountAsync(10);
        await page.ShotAsync("schedule-edit");
        await schedules.UpdateAsync(claims, schedule.Id, new() { Name = "Report of the week" }, null, CancellationToken.None);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await page.Page.GetByText("Somebody changed this schedule at").WaitForAsync();
        (await page.Page.Locator(".edit-conflict tbody tr").First.InnerTextAsync()).ShouldBe("Name\tReport of the week\tWeekly report");
        await page.ShotAsync("schedule-conflict");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Store mine over it" }).ClickAsync();
        await page.AtAsync($@"/schedules/{schedule.Id}$");
        await page.Page.Locator(".reading").GetByText("Monday and Friday at 17:30").WaitForAsync();
        var stored = await schedules.GetAsync(claims, schedule.Id, CancellationToken.None);
        (stored.Name, stored.CadenceConfig, stored.LocalTime).ShouldBe(("Weekly report", new Cadence(CadenceMode.Custom, [1, 5]), "17:30"));
    }

    [Fact]
    public async Task What_is_not_valid_says_why_while_it_is_typed()
    {
        await using var page = await chromium.SignedInAsync(server, "/schedules/new");
        await page.Page.Locator(".preview .reading").WaitForAsync();

        await page.Page.GetByLabel("Time zone").FillAsync("Europe/Bärlin");

        await page.Page.Locator(".preview .bad").GetByText("is not a time zone").WaitForAsync();
    }

    [Fact]
    public async Task A_schedule_is_run_paused_resumed_copied_and_deleted()
    {
        var schedule = await server.Services.GetRequiredService<ScheduleService>().CreateAsync(
            await server.ClaimsAsync(),
            new NewSchedule
            {
                Name = "Early bird",
                Kind = "ping",
                Payload = """{"message": "Tweet"}""",
                Timetable = new Timetable { Cadence = new(CadenceMode.Daily, []), LocalTime = "05:30", TimeZone = "America/New_York" },
            },
            CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, "/schedules");
        var row = page.Page.Locator($"tr:has(a[href='schedules/{schedule.Id}'])");
        await row.GetByText("Every day at 05:30").WaitForAsync();
        await page.ShotAsync("schedules");

        await row.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await row.GetByText("paused").WaitForAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Run “Early bird” now" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "See the job" }).ClickAsync();
        await page.Page.Locator(".head .tag", new() { HasTextString = "completed" }).WaitForAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "its schedule" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).WaitForAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Make another like it" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByLabel("Name")).ToHaveValueAsync("Early bird (copy)");
        await Assertions.Expect(page.Page.Locator(".preview .reading")).ToHaveTextAsync("Every day at 05:30 by the clock of America/New_York");

        await page.Page.GotoAsync($"/schedules/{schedule.Id}");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.AtAsync(@"/schedules$");
        await row.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }
}
