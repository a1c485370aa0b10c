using System.CommandLine;
using System.Globalization;
using Overmind.Cli.Configuration;
using Overmind.Cli.Instances;
using Overmind.Conversations.Vectors.Migrations;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class EmbeddingsStatusCommand
{
    static readonly Option<bool> Watch = new("--watch") { Description = "Show how far a migration is until it has ended" };

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var command = new Command("status", "Say which model's vectors are searched, how many texts have theirs, and how far a migration is") { Watch };
        command.SetAction(async (parsed, ct) =>
        {
            var folder = InstanceFolder.Of(parsed);
            var settings = EffectiveConfiguration.Read(parsed, folder).Checked();
            return await EmbeddingsOwner.RunAsync(folder, async migrations =>
            {
                var status = await migrations.StatusAsync(ct);
                if (parsed.GetValue(Watch) && status.Migration is { HasEnded: false })
                    await WatchAsync(parsed, migrations, ct);
                else if (Output.IsJson(parsed))
                    Output.WriteJson(Console.Out, new
                    {
                        status.Active,
                        status.ActiveDimensions,
                        Configured = settings.Text(Settings.Embedder),
                        ConfiguredNext = settings.Text(Settings.EmbedderNext),
                        status.Texts,
                        status.Migration,
                    });
                else
                    Show(status, settings.Text(Settings.Embedder)!);
                return 0;
            }, ct);
        });
        return command;
    }

    /// <summary>A line each time that something has changed, until the migration has ended; then what it needs no more goes. Stopped, it goes on.</summary>
    public static async Task WatchAsync(ParseResult parsed, EmbeddingMigrations migrations, CancellationToken ct)
    {
        try
        {
            await FollowAsync(parsed, migrations, ct);
            await migrations.TidyAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            Console.Error.WriteLine("The migration goes on; see `overmind embeddings status`");
        }
    }

    static async Task FollowAsync(ParseResult parsed, EmbeddingMigrations migrations, CancellationToken ct)
    {
        for (var told = ""; ; await Task.Delay(Pause, ct))
        {
            if ((await migrations.StatusAsync(ct)).Migration is not { } migration)
                return;
            if (Words(migration) != told)
                Output.Write(parsed, migration, told = Words(migration));
            if (migration.HasEnded)
                return;
        }
    }

    static void Show(MigrationStatus status, string configured)
    {
        Console.Out.WriteLine(status.Active is { } active ? $"Searched by {active}, {status.ActiveDimensions} dimensions; configured is {configured}" : $"Nothing was ever embedded; configured is {configured}");
        if (status.Migration is { } migration)
            Console.Out.WriteLine(Words(migration));
        var isMigrating = status.Texts.Any(each => each.Next is not null);
        var table = new Table().Border(TableBorder.None).AddColumn("").AddColumn("Texts", right => right.RightAligned()).AddColumn("With vector", right => right.RightAligned());
        if (isMigrating)
            table.AddColumn("With new vector", right => right.RightAligned());
        table.AddColumn("Index");
        foreach (var each in status.Texts)
            table.AddRow([each.Of, Number(each.Texts), Number(each.Active), .. isMigrating ? [Number(each.Next ?? 0)] : Array.Empty<string>(), IndexOf(each)]);
        AnsiConsole.Write(table);
    }

    static string IndexOf(VectorCounts each) => (each.ActiveIndexed, each.NextIndexed) switch
    {
        (true, null or true) => "yes",
        (true, false) => "none of the new model: above 10,000 texts of an organization its search compares all",
        _ => "none: above 10,000 texts of an organization a search compares all",
    };

    static string Words(MigrationProgress migration) => migration.State switch
    {
        MigrationState.Running => Says(
            migration, $"{migration.Percent:0.0} % embedded{(migration.PerSecond is { } rate ? $", {rate:0.#} texts/s" : "")}{(migration.SecondsLeft is { } left ? $", {Span(left)} left" : "")}"),
        MigrationState.Moving => Says(migration, $"searched since {migration.SwitchedAt:u}; {migration.Percent:0.0} % of the vectors have moved"),
        MigrationState.Completed => Says(migration, $"completed {migration.EndedAt:u}"),
        MigrationState.Cancelling => Says(migration, $"cancelled; {migration.Percent:0.0} % are as before"),
        _ => Says(migration, $"cancelled {migration.EndedAt:u}"),
    };

    static string Says(MigrationProgress migration, FormattableString what) =>
        $"From {migration.From} to {migration.To}: {what.ToString(CultureInfo.InvariantCulture)}{(migration.Error is { } error ? $"\nIt does not get on ({migration.FailedAt:u}): {error}" : "")}";

    static string Span(double seconds) => TimeSpan.FromSeconds(Math.Min(Math.Ceiling(seconds), 8_640_000)).ToString(seconds < 86_400 ? @"hh\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
