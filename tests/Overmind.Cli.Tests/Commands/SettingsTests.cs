namespace Overmind.Cli.Tests.Commands;

public class SettingsTests(SharedInstance instance)
{
    [Fact]
    public async Task The_organizations_settings_are_shown_changed_and_cleared()
    {
        var file = Path.Combine(Path.GetTempPath(), $"overmind-settings-{Guid.CreateVersion7():N}.json");
        await File.WriteAllTextAsync(file, """{"deadline_seconds": 80000, "data_retention_days": 36500}""");
        (await RunAsync("edit", "--file", file)).Output.ShouldContain("deadline_seconds");
        var shown = (await RunAsync("show")).Output;
        shown.ShouldMatch("deadline_seconds +80000\n");
        shown.ShouldMatch("data_retention_days +36500\n");

        (await RunAsync("edit", "--clear", "deadline_seconds", "--clear", "data_retention_days")).ExitCode.ShouldBe(0);
        (await RunAsync("show")).Output.ShouldNotContain("deadline_seconds");
        File.Delete(file);
    }

    [Fact]
    public async Task How_many_conversations_a_number_of_days_would_delete_is_asked_first()
    {
        (await RunAsync("retention", "36500")).Output.ShouldBe("0 conversations without activity for 36,500 days would be deleted, with all that is in them");
        (await RunAsync("retention", "30", "--format", "json")).Output.ShouldBe("""{"data_retention_days":30,"conversation_count":0}""");
        (await RunAsync("retention", "0")).Errors.ShouldContain("data_retention_days is 1 to 36500");
        (await RunAsync("retention", "soon")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task What_changes_nothing_or_is_not_known_is_refused()
    {
        (await RunAsync("edit")).ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(2), e => e.Errors.ShouldContain("--clear"));
        (await RunAsync("edit", "--clear", "colour")).Errors.ShouldContain("There is no member colour here");
    }

    async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        await OvermindProcess.RunAsync(["settings", .. arguments, "--data", await instance.DataAsync()]);
}
