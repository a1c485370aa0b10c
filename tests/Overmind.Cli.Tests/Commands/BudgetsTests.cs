namespace Overmind.Cli.Tests.Commands;

public class BudgetsTests(SharedInstance instance)
{
    [Fact]
    public async Task Budgets_are_set_listed_shown_and_removed()
    {
        (await RunAsync("budgets", "set", "Dear model", "10", "--of", "model", "--subject", "house/dear", "--up-to", "12")).Output
            .ShouldBe("Dear model: 10 USD a month, of which 0 are used.");
        (await RunAsync("budgets", "list")).Output.ShouldMatch("Dear model +model house/dear +0 +0 +10 USD a month +ok");
        (await RunAsync("budgets", "set", "Dear model", "20")).Output.ShouldBe("Dear model: 20 USD a month, of which 0 are used.");
        (await RunAsync("budgets", "show", "Dear model")).ExitCode.ShouldBe(0);
        (await RunAsync("budgets", "set", "Dear model", "0")).ExitCode.ShouldBe(0);
        (await RunAsync("budgets", "show", "Dear model")).ExitCode.ShouldBe(1);
        (await RunAsync("budgets", "show", "Dear model", "--format", "json")).Output.ShouldContain("\"on_limit\":\"block\"");

        (await RunAsync("budgets", "remove", "Dear model")).Output.ShouldBe("Removed the budget Dear model.");
        (await RunAsync("budgets", "show", "Dear model")).Errors.ShouldContain("there is no budget 'Dear model'");
    }

    [Fact]
    public async Task What_cannot_be_a_budget_is_told()
    {
        (await RunAsync("budgets", "set", "Odd", "10", "--of", "team")).Errors.ShouldContain("dimension");
        (await RunAsync("budgets", "set", "Odd", "10", "--currency", "JPY")).Errors.ShouldContain("no exchange rate of JPY");
        (await RunAsync("budgets", "set", "Odd", "much")).ExitCode.ShouldBe(2);
    }

    async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        await OvermindProcess.RunAsync([.. arguments, "--data", await instance.DataAsync()]);
}
