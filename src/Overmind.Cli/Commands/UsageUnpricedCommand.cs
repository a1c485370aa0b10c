using System.CommandLine;
using Overmind.Cli.Instances;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class UsageUnpricedCommand
{
    public static Command Create()
    {
        var command = ApiVerb.Create("unpriced", "List models that were called and whose price is not known: what they cost is in no sum");
        command.SetAction(async (parsed, ct) =>
        {
            var models = await InstanceApi.Connect(parsed).Usage.UnpricedModelsAsync(ct);
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, models);
            else if (models.Count == 0)
                Console.Out.WriteLine("The price of every call is known.");
            else
                AnsiConsole.Write(TableOf(models));
            return 0;
        });
        return command;
    }

    static Table TableOf(IReadOnlyList<Client.UnpricedModel> models)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Model", "Calls", "Input", "Output", "Last call");
        foreach (var model in models)
            table.AddRow(
                Markup.Escape($"{model.Provider}/{model.Model}"), $"{model.Calls}", $"{model.TokensInput}", $"{model.TokensOutput}", $"{model.LastCallAt:yyyy-MM-dd HH:mm'Z'}");
        return table;
    }
}
