namespace Overmind.Cli.Tests.Commands;

public class PricesTests(SharedInstance instance)
{
    [Fact]
    public async Task Prices_are_listed_shown_set_and_taken_away()
    {
        (await RunAsync("prices", "show", "openai/gpt-4-turbo")).Output.ShouldMatch("openai/gpt-4-turbo +10 +30 .* catalogue");
        (await RunAsync("prices", "list", "--provider", "deepseek")).Output.ShouldMatch("deepseek/deepseek-chat .*00:30-16:30 UTC");

        var set = await RunAsync("prices", "set", "house/talker", "--input", "2.5", "--output", "10", "--note", "As agreed.");
        set.Output.ShouldStartWith("Set the price of house/talker (");
        (await RunAsync("prices", "list", "--own")).Output.ShouldMatch("house/talker +2.5 +10 .* organization");
        var overlap = await RunAsync("prices", "set", "house/talker", "--input", "3");
        (overlap.ExitCode, overlap.Errors.Contains("under the same conditions", StringComparison.Ordinal)).ShouldBe((1, true));
        (await RunAsync("prices", "set", "house/talker", "--input", "3", "--output", "12", "--from", "2099-01-01")).ExitCode.ShouldBe(0);
        (await RunAsync("prices", "show", "house/talker")).Output.ShouldMatch("until 2099-01-01[^\n]*\n[^\n]*from 2099-01-01|from 2099-01-01[^\n]*\n[^\n]*until 2099-01-01");

        (await RunAsync("prices", "unset", "house/talker")).Output.ShouldBe("Took 2 away");
        var gone = await RunAsync("prices", "show", "house/talker");
        (gone.ExitCode, gone.Output.Contains("No price of house/talker is known", StringComparison.Ordinal)).ShouldBe((1, true));
    }

    [Fact]
    public async Task What_cannot_be_a_price_is_told()
    {
        var token = await RunAsync("prices", "set", "house/talker", "--input", "0.0000025");
        (token.ExitCode, token.Errors.Contains("Send 2.5.", StringComparison.Ordinal)).ShouldBe((1, true));
        (await RunAsync("prices", "set", "talker", "--input", "1")).ExitCode.ShouldBe(2);
        (await RunAsync("prices", "set", "house/talker", "--input", "cheap")).Errors.ShouldContain("--input is an amount of US dollars");
        (await RunAsync("prices", "unset", "house/talker")).Errors.ShouldContain("has set no price of house/talker");
    }

    [Fact]
    public async Task A_period_is_priced_anew_after_a_look_at_the_difference()
    {
        (await RunAsync("usage", "reprice", "--from", "2020-01-01", "--to", "2020-02-01")).Output.ShouldEndWith("Nothing changes.");
        (await RunAsync("usage", "reprice", "--from", "2020-01-01")).ExitCode.ShouldBe(2);
        (await RunAsync("usage", "unpriced", "--format", "json")).Output.ShouldStartWith("[");
        (await RunAsync("usage", "over-limit", "--format", "json")).Output.ShouldStartWith("[");
    }

    async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        await OvermindProcess.RunAsync([.. arguments, "--data", await instance.DataAsync()]);
}
