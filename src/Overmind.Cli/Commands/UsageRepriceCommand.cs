using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;
using Overmind.Models;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class UsageRepriceCommand
{
    static readonly Option<DateTimeOffset> From = new("--from") { Description = "Calls from this time on, as 2030-01-01 or 2030-01-01T12:00:00Z", HelpName = "time", Required = true };

    static readonly Option<DateTimeOffset> To = new("--to") { Description = "Calls before this time", HelpName = "time", Required = true };

    static readonly Option<string?> Model = new("--model") { Description = "Only of this model, as openai/gpt-4o", HelpName = "model" };

    static readonly Option<bool> Apply = new("--apply") { Description = "Write it; without, it is only told what would change" };

    static UsageRepriceCommand() => Model.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && ModelReference.Parse(text) is null)
            result.AddError($"{text} is no model: name it with its provider, as openai/gpt-4o");
    });

    public static Command Create()
    {
        var command = ApiVerb.Create("reprice", "Price calls of the past anew by the prices that are known now, after a look at the difference", From, To, Model, Apply);
        command.SetAction(async (parsed, ct) =>
        {
            var model = parsed.GetValue(Model) is { } named ? ModelReference.Parse(named) : null;
            var repricing = await InstanceApi.Connect(parsed).Usage.RepriceAsync(
                new RepriceRequest
                {
                    From = parsed.GetValue(From),
                    To = parsed.GetValue(To),
                    Provider = model?.Provider,
                    Model = model?.Model,
                    Apply = parsed.GetValue(Apply),
                }, ct);
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, repricing);
            else
                Show(repricing);
            return 0;
        });
        return command;
    }

    static void Show(Repricing repricing)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Model", "Calls", "Changed", "Cost before", "Cost after", "Without a price");
        foreach (var model in repricing.Models)
            table.AddRow(
                Markup.Escape($"{model.Provider}/{model.Model}"), $"{model.Calls}", $"{model.Changed}", PriceTable.Amount(model.CostBefore), PriceTable.Amount(model.CostAfter),
                model.UnpricedBefore == model.UnpricedAfter ? $"{model.UnpricedAfter}" : $"{model.UnpricedBefore}, then {model.UnpricedAfter}");
        AnsiConsole.Write(table);
        var difference = $"{(repricing.Difference > 0 ? "+" : "")}{PriceTable.Amount(repricing.Difference)} US dollars";
        Console.Out.WriteLine(
            repricing.Changed == 0 ? "Nothing changes."
            : repricing.IsApplied ? $"{repricing.Changed} calls were priced anew: {difference}."
            : $"{repricing.Changed} calls would be priced anew: {difference}. Nothing is written yet; --apply writes it.");
    }
}
