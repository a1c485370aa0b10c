namespace Overmind.Cli.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("there is no verb frobnicate", "frobnicate")]
    [InlineData("--port is a number from 0 to 65535", "up", "--port", "eighty")]
    [InlineData("--bogus", "up", "--bogus")]
    public async Task Wrong_use_is_explained_with_exit_code_2(string explanation, params string[] arguments)
    {
        var wrong = await OvermindProcess.RunAsync(arguments);
        wrong.ExitCode.ShouldBe(2);
        wrong.Output.ShouldBe("");
        wrong.Errors.ShouldContain(explanation);
        wrong.Errors.ShouldContain("--help");
    }

    [Fact]
    public async Task An_error_is_JSON_when_JSON_was_asked_for()
    {
        var wrong = await OvermindProcess.RunAsync("psql", "--data", "/nowhere/at/all", "--format", "json");
        wrong.ExitCode.ShouldBe(1);
        wrong.Errors.ShouldBe("");
        wrong.Output.ShouldStartWith("""{"error":{"code":"no_instance","message":"there is no instance in /nowhere/at/all",""");
    }

    [Fact]
    public async Task Wrong_use_of_a_verb_under_others_names_the_help_of_that_verb()
    {
        var wrong = await OvermindProcess.RunAsync("jobs", "schedule", "run");
        wrong.ExitCode.ShouldBe(2);
        wrong.Errors.ShouldContain("see `overmind jobs schedule run --help`");
    }

    [Fact]
    public async Task The_help_lists_the_verbs()
    {
        var help = await OvermindProcess.RunAsync();
        help.ExitCode.ShouldBe(0);
        foreach (var verb in (string[])["up", "status", "down", "logs", "psql", "ask", "models", "doctor", "version", "test", "bench"])
            help.Output.ShouldContain("\n  " + verb);
    }

    [Fact]
    public async Task The_version_is_told() => (await OvermindProcess.RunAsync("version")).ShouldBe((0, $"overmind {ProductVersion.Current}", ""));
}
