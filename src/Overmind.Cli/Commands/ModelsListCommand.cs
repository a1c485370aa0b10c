using System.CommandLine;
using Overmind.Cli.Instances;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class ModelsListCommand
{
    static readonly Option<string?> Provider = new("--provider") { Description = "Only of the provider of this name", HelpName = "name" };

    public static Command Create()
    {
        var command = new Command("list", "List the models of all providers, as they list them, with what a million tokens cost; exit code 1 when one cannot be asked") { Provider, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var models = await InstanceApi.Connect(parsed).Models.ListAsync(parsed.GetValue(Provider), ct);
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, models);
            else
                Show(models);
            return models.Errors.Count > 0 ? 1 : 0;
        });
        return command;
    }

    static void Show(Client.ModelList models)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Model", "Name", "Input", "Output");
        foreach (var model in models.Data)
            table.AddRow(
                Markup.Escape(model.Id),
                Markup.Escape(model.IsOffline ? "built in; needs no key, and extracts instead of thinking" : model.DisplayName ?? model.Name),
                PriceTable.Amount(model.Price?.PerMillion.Input), PriceTable.Amount(model.Price?.PerMillion.Output));
        AnsiConsole.Write(table);
        foreach (var error in models.Errors)
            Console.Error.WriteLine($"error: {error.Message}");
    }
}
