namespace Overmind.Cli.Tests.Commands;

/// <summary>Schedules and webhooks are changed by what the options name.</summary>
public class EditTests(SharedInstance instance)
{
    [Fact]
    public async Task A_schedule_keeps_what_no_option_names()
    {
        var id = (await RunAsync("jobs", "schedule", "create", "ping", "--name", "Digest", "--cadence", "weekly", "--days", "1", "--zone", "Europe/Berlin", "--attempts", "5")).Output.Split('\n')[0];

        var moved = await RunAsync("jobs", "schedule", "edit", id, "--days", "4", "--at", "07:15");

        moved.Output.ShouldStartWith("Changed Digest: weekly (4) at 07:15 Europe/Berlin, next ");
        (await RunAsync("jobs", "schedule", "edit", id, "--cron", "0 6 1 * *")).Output.ShouldStartWith("Changed Digest: 0 6 1 * * Europe/Berlin, next ");
        var shown = await RunAsync("jobs", "schedule", "show", id, "--format", "json");
        shown.Output.ShouldContain("\"max_attempts\":5");
        (await RunAsync("jobs", "schedule", "edit", id, "--days", "4")).ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(2), e => e.Errors.ShouldContain("add --cadence weekly"));
        (await RunAsync("jobs", "schedule", "edit", id, "--zone", "Mars/Olympus")).ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(1), e => e.Errors.ShouldContain("'Mars/Olympus' is not a time zone"));
        (await RunAsync("jobs", "schedule", "delete", id)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_webhook_endpoint_keeps_what_no_option_names()
    {
        var id = (await RunAsync("webhook", "add", "https://example.com/hooks", "--events", "run.failed", "--description", "Pager")).Output.Split('\n')[0];

        (await RunAsync("webhook", "edit", id, "--address", "https://example.org/hooks", "--description", "")).Output.ShouldBe("Changed https://example.org/hooks");

        var listed = (await RunAsync("webhook", "list", "--format", "json")).Output;
        listed.ShouldContain("\"url\":\"https://example.org/hooks\"");
        listed.ShouldContain("\"event_types\":[\"run.failed\"]");
        listed.ShouldNotContain("Pager");
        (await RunAsync("webhook", "edit", id, "--events", "all", "--format", "json")).Output.ShouldContain("\"event_types\":[]");
        (await RunAsync("webhook", "remove", id)).ExitCode.ShouldBe(0);
    }

    async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        await OvermindProcess.RunAsync([.. arguments, "--data", await instance.DataAsync()]);
}
