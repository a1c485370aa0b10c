using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class BudgetsSetCommand
{
    static readonly Argument<string> Name = new("name") { Description = "The budget's name: one that is there is changed" };

    static readonly Argument<decimal> Limit = new("limit") { Description = "What may be used in a period; 0: nothing" };

    static readonly Option<string> Unit = new("--unit") { Description = "In what it counts: money, tokens or calls", DefaultValueFactory = _ => "money", HelpName = "unit" };

    static readonly Option<string?> Currency = new("--currency") { Description = "Of money; default: USD", HelpName = "code" };

    static readonly Option<string> Period = new("--per") { Description = "day, week or month, in the organization's time zone", DefaultValueFactory = _ => "month", HelpName = "period" };

    static readonly Option<string> Dimension = new("--of")
    {
        Description = "Whose use it limits: organization, user, api_key, project, workflow or model",
        DefaultValueFactory = _ => "organization",
        HelpName = "what",
    };

    static readonly Option<string?> Subject = new("--subject")
    {
        Description = "Which one: an id, a workflow's key, provider/model or provider/*; default: the organization, or each by itself",
        HelpName = "which",
    };

    static readonly Option<decimal?> Soft = new("--soft") { Description = "Part of the limit at which admins are told; default: 0.8", HelpName = "ratio" };

    static readonly Option<bool> SkipScheduled = new("--skip-scheduled") { Description = "At the limit skip only what schedules ask for" };

    static readonly Option<decimal?> UpTo = new("--up-to") { Description = "At the limit go on to this second one", HelpName = "limit" };

    static readonly Option<bool> Off = new("--off") { Description = "Keep it, but limit nothing" };

    public static Command Create()
    {
        var command = ApiVerb.Create(
            "set", "Set what may be used in a period, or change it; of a budget that is there all limits are set anew, the rest stays", Name, Limit, Unit, Currency, Period, Dimension, Subject, Soft,
            SkipScheduled, UpTo, Off);
        command.SetAction(async (parsed, ct) =>
        {
            var budgets = InstanceApi.Connect(parsed).Budgets;
            var there = (await BudgetsListCommand.AllAsync(budgets, ct)).FirstOrDefault(b => b.Name == parsed.GetValue(Name));
            var set = there is null ? await budgets.CreateAsync(New(parsed), cancellationToken: ct) : await budgets.UpdateAsync(there.Id, Changes(parsed), ct);
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, set);
            else
                Console.Out.WriteLine($"{set.Name}: {BudgetTable.Text(set.LimitAmount)} {BudgetTable.Unit(set)} a {set.Period}, of which {BudgetTable.Text(set.Usage.Used)} are used.");
            return 0;
        });
        return command;
    }

    static NewBudget New(ParseResult parsed) => new()
    {
        Name = parsed.GetValue(Name)!,
        Dimension = parsed.GetValue(Dimension)!,
        Subject = parsed.GetValue(Subject),
        Period = parsed.GetValue(Period)!,
        Unit = parsed.GetValue(Unit)!,
        Currency = parsed.GetValue(Currency),
        LimitAmount = parsed.GetValue(Limit),
        SoftRatio = parsed.GetValue(Soft),
        OnLimit = OnLimit(parsed),
        SecondLimit = parsed.GetValue(UpTo),
        IsActive = !parsed.GetValue(Off),
    };

    static BudgetChanges Changes(ParseResult parsed) => new()
    {
        LimitAmount = parsed.GetValue(Limit),
        SoftRatio = parsed.GetValue(Soft),
        OnLimit = OnLimit(parsed),
        SecondLimit = parsed.GetValue(UpTo),
        IsActive = !parsed.GetValue(Off),
        Clear = parsed.GetValue(UpTo) is null ? ["second_limit"] : [],
    };

    static string OnLimit(ParseResult parsed) => parsed.GetValue(UpTo) is not null ? "allow_up_to" : parsed.GetValue(SkipScheduled) ? "skip_scheduled" : "block";
}
