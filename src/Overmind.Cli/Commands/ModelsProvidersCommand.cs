using System.CommandLine;
using Overmind.Cli.Instances;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class ModelsProvidersCommand
{
    public static Command Create()
    {
        var command = new Command("providers", "List the connected providers") { InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var providers = (await InstanceApi.Connect(parsed).ModelProviders.ListAsync(cancellationToken: ct)).Items;
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, providers);
            else if (providers.Count == 0)
                Console.Out.WriteLine("No provider is connected: every answer comes from offline/offline. `overmind models add` connects one.");
            else
                AnsiConsole.Write(TableOf(providers));
            return 0;
        });
        return command;
    }

    static Table TableOf(IReadOnlyList<Client.ModelProvider> providers)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Name", "Kind", "Address", "Key", "Last test", "State");
        foreach (var provider in providers)
            table.AddRow(
                Markup.Escape(provider.Key),
                provider.Kind,
                Markup.Escape(provider.BaseUrl),
                Markup.Escape(provider.SecretHint is { } hint ? $"…{hint}" : ""),
                Markup.Escape(Test(provider)),
                provider.IsActive ? "active" : "off");
        return table;
    }

    static string Test(Client.ModelProvider provider) =>
        provider.LastTestAt is not { } at ? "never" : $"{at:yyyy-MM-dd HH:mm'Z'} {provider.LastTestError ?? "ok"}";
}
