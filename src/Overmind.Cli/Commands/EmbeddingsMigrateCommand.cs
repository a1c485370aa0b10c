using System.CommandLine;
using System.Globalization;
using Overmind.Cli.Configuration;
using Overmind.Cli.Instances;
using Overmind.Conversations.Vectors.Migrations;
using Overmind.Models.Embeddings;

namespace Overmind.Cli.Commands;

static class EmbeddingsMigrateCommand
{
    static readonly Option<string> To = new("--to")
    {
        Description = "The model, as the setting embedder or embedder_next names it; builtin is always there",
        HelpName = "embedder",
        Required = true,
    };

    static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what it would take, and change nothing" };

    static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask before it begins" };

    static readonly Option<bool> Watch = new("--watch") { Description = "Show how far it is until it has ended; stopped, it goes on" };

    public static Command Create()
    {
        var command = new Command("migrate", "Embed all texts by another model, beside those that are searched, and search by it when all are done") { To, DryRun, Yes, Watch };
        command.SetAction(async (parsed, ct) =>
        {
            var folder = InstanceFolder.Of(parsed);
            using var models = new EmbeddingModels(EmbedderSettings.Of(EffectiveConfiguration.Read(parsed, folder).Checked()), TimeProvider.System);
            return await EmbeddingsOwner.RunAsync(folder, async migrations =>
            {
                var to = await migrations.ChooseAsync(await models.FindAllAsync(parsed.GetValue(To)!, ct), ct);
                await migrations.CheckAsync(to, ct);
                var estimate = await migrations.EstimateAsync(to, ct);
                var begins = !parsed.GetValue(DryRun);
                if (begins && !parsed.GetValue(Yes))
                    Confirm(estimate);
                if (begins)
                    await migrations.StartAsync(to, estimate.Texts, ct);
                Output.Write(parsed, new { estimate, Started = begins }, begins ? Words(estimate) + "\nIt has begun; see `overmind embeddings status`" : Words(estimate));
                if (begins && parsed.GetValue(Watch))
                    await EmbeddingsStatusCommand.WatchAsync(parsed, migrations, ct);
                return 0;
            }, ct);
        });
        return command;
    }

    static void Confirm(MigrationEstimate estimate)
    {
        if (Console.IsInputRedirected)
            throw new CliException("needs_confirmation", Words(estimate), "say --yes when that is meant");
        Console.Error.Write($"{Words(estimate)}\nType yes to go on: ");
        if (Console.ReadLine()?.Trim() != "yes")
            throw new CliException("not_confirmed", "nothing was begun", "type yes, or say --yes");
    }

    static string Words(MigrationEstimate estimate)
    {
        var tokens = string.Create(CultureInfo.InvariantCulture, $"{estimate.Tokens:N0} tokens ({(estimate.TokensCounted ? "counted" : "estimated")})");
        var cost = estimate.CostUsd is { } usd ? string.Create(CultureInfo.InvariantCulture, $"${usd:0.######}") : "cost unknown: the model has no price (see `overmind prices`)";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{estimate.To} ({estimate.ToDimensions} dimensions) takes the place of {estimate.From} ({estimate.FromDimensions}): {estimate.Texts:N0} texts, {tokens}, {cost}");
    }
}
