using Microsoft.Playwright;
using Overmind.Jobs;
using Overmind.Testing;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public class JobsTests(FastServer server, Chromium chromium)
{
    [Fact]
    public async Task The_queue_is_narrowed_and_what_failed_is_retried_together()
    {
        await server.SeedAsync();
        var claims = await server.ClaimsAsync();
        await server.ExecuteAsync(
            """
            insert into jobs (organization_id, user_id, kind, payload, status, completed_at, attempt_count, last_error)
            select $1, $2, 'ping', '{"message": "again"}', 'failed', clock_timestamp(), 3, 'Nobody was there'
            from generate_series(1, 3)
            """,
            claims.OrganizationId!, claims.UserId!);
        await using var page = await chromium.SignedInAsync(server, "/jobs");
        await page.Page.Locator(".rows.jobs").WaitForAsync();
        await page.ShotAsync("jobs");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Dark", Exact = true }).ClickAsync();
        await page.ShotAsync("jobs-dark");

        await page.Page.Locator(".states a", new() { HasTextString = "failed" }).ClickAsync();
        await Assertions.Expect(page.Page).ToHaveURLAsync($"{server.Url}/jobs?status=failed");
        await page.Page.Locator(".filter-bar select").SelectOptionAsync("ping");
        await Assertions.Expect(page.Page).ToHaveURLAsync($"{server.Url}/jobs?kind=ping&status=failed", new() { Timeout = 20_000 });
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Page.Locator(".rows.jobs tbody tr")).ToHaveCountAsync(3);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Retry all…" }).ClickAsync();
        await page.ShotAsync("jobs-bulk");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Retry 3 jobs" }).ClickAsync();

        await page.Page.GetByText("No job is like that.").WaitForAsync();
        await Poll.UntilAsync(async () =>
            (await server.Jobs.ListAsync(claims, new JobFilter { Kind = "ping", Status = JobStatus.Completed, Text = "AGAIN" }, PageRequest.First, CancellationToken.None)).Items.Count == 3);
    }

    [Fact]
    public async Task What_is_new_is_counted_and_shown_when_it_is_asked_for()
    {
        var claims = await server.ClaimsAsync();
        await server.Jobs.EnqueueAsync(claims, NewJob.Of("ping", new PingPayload { Message = "early" }), CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, "/jobs?kind=ping");
        await page.Page.Locator(".rows.jobs").WaitForAsync();

        await server.Jobs.EnqueueAsync(claims, NewJob.Of("ping", new PingPayload { Message = "latecomer" }), CancellationToken.None);

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "new: show" }).WaitForAsync();
        (await page.Page.Locator(".rows.jobs").GetByText("latecomer").CountAsync()).ShouldBe(0, "nothing moves under the pointer");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "new: show" }).ClickAsync();
        await page.Page.Locator(".rows.jobs").GetByText("latecomer").WaitForAsync();
    }

    [Fact]
    public async Task One_job_tells_its_life_and_is_retried_and_cancelled()
    {
        var claims = await server.ClaimsAsync();
        var id = Guid.CreateVersion7();
        await server.ExecuteAsync(
            """
            insert into jobs (id, organization_id, user_id, kind, payload, status, created_at, picked_up_at, last_attempt_at, completed_at, attempt_count, last_error, errors)
            select
                $1, $2, $3, 'ping.elsewhere', '{"message": "Is there <b>anybody</b>?"}', 'failed', now - interval '20 s', now - interval '19 s', now - interval '4 s', now, 2,
                'The other side hung up', jsonb_build_array(
                    jsonb_build_object('attempt', 1, 'error', 'No answer within 10 s', 'at', now - interval '9 s'),
                    jsonb_build_object('attempt', 2, 'error', 'The other side hung up', 'at', now))
            from clock_timestamp() as now
            """,
            id, claims.OrganizationId!, claims.UserId!);
        await using var page = await chromium.SignedInAsync(server, $"/jobs/{id}");

        await page.Page.Locator(".timeline").GetByText("Attempt 1 failed").WaitForAsync();
        (await page.Page.Locator(".json-block pre").First.InnerTextAsync()).ShouldContain("<b>anybody</b>");
        await page.ShotAsync("job");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await page.Page.Locator(".head .tag", new() { HasTextString = "pending" }).WaitForAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await page.Page.Locator(".head .tag", new() { HasTextString = "cancelled" }).WaitForAsync();
        await page.Page.ReloadAsync();
        await page.Page.Locator(".timeline").GetByText("Cancelled").WaitForAsync();
    }

    [Fact]
    public async Task Workers_show_what_they_do_and_hold()
    {
        await server.SeedAsync();
        await using var page = await chromium.SignedInAsync(server, "/workers");

        await page.Page.Locator(".worker .tags").GetByText("ping", new() { Exact = true }).First.WaitForAsync();
        await page.Page.Locator(".worker .held").GetByText("index.refresh").First.WaitForAsync();
        await page.ShotAsync("workers");
    }

    [Fact]
    public async Task A_member_sees_their_own_jobs_and_no_workers_or_webhooks()
    {
        await server.SeedAsync();
        await server.AddMemberAsync("member@example.org", "only mine please", "user");
        await using var page = await chromium.OpenAsync(server);

        await page.SignInAsync("/jobs", "member@example.org", "only mine please");
        await page.Page.GetByText("No job yet").WaitForAsync();
        await page.ShotAsync("jobs-empty");
        foreach (var denied in new[] { "/workers", "/webhooks" })
        {
            await page.Page.GotoAsync(denied);
            await page.Page.GetByText("You may not see this").WaitForAsync();
        }
    }

    [Theory]
    [InlineData(390)]
    [InlineData(360)]
    public async Task On_a_phone_nothing_sticks_out(int width)
    {
        await server.SeedAsync();
        var claims = await server.ClaimsAsync();
        var job = (await server.Jobs.ListAsync(claims, new JobFilter { Status = JobStatus.Failed }, PageRequest.First, CancellationToken.None)).Items[0];
        await using var page = await chromium.SignedInAsync(server, "/jobs", width, 844);
        foreach (var (path, name) in new[] { ("/jobs", "jobs"), ($"/jobs/{job.Id}", "job"), ("/workers", "workers"), ("/schedules/new", "schedule-form"), ("/schedules", "schedules"), ("/webhooks", "webhooks") })
        {
            await page.Page.GotoAsync(path);
            await page.Page.Locator(".rows.jobs, .timeline, .worker, .form, .state, .rows").First.WaitForAsync();
            (await page.SidewaysAsync()).ShouldBe(0, path);
            await page.ShotAsync($"phone-{width}-{name}");
        }
    }
}
