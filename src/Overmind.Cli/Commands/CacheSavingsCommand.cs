using System.CommandLine;
using System.Globalization;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class CacheSavingsCommand
{
    static readonly Option<bool> Hours = new("--hours") { Description = "By hours of UTC, the last 24 unless said; default: by days of the organization, the last 30" };

    public static Command Create()
    {
        var command = ApiVerb.Create(
            "savings", "Report look-ups, hits and what they saved, and how good similar questions were: an admin's key tells of the organization, a member's of themselves", Hours,
            ListOptions.Since, ListOptions.Until);
        command.SetAction(async (parsed, ct) =>
        {
            var savings = await InstanceApi.Connect(parsed).Cache.SavingsAsync(parsed.GetValue(Hours), parsed.GetValue(ListOptions.Since), parsed.GetValue(ListOptions.Until), ct);
            if (Output.IsJson(parsed))
            {
                Output.WriteJson(Console.Out, savings);
                return 0;
            }

            AnsiConsole.Write(TableOf(savings));
            if (savings.SimilarityBands.Count > 0) AnsiConsole.Write(BandsOf(savings.SimilarityBands));
            return 0;
        });
        return command;
    }

    static Table TableOf(CacheSavings savings)
    {
        var table = Right(new Table().Border(TableBorder.None).AddColumn(savings.BucketWidth == "1h" ? "Hour (UTC)" : $"Day ({Markup.Escape(savings.Timezone)})"),
            "Look-ups", "Hits", "Rate", "Exact", "Semantic", "Tokens saved", "USD saved");
        foreach (var bucket in savings.Data) table.AddRow([Start(savings, bucket), .. Figures(bucket)]);
        table.AddRow(["All", .. Figures(savings.Total)]);
        return table;
    }

    static Table BandsOf(IReadOnlyList<SimilarityBand> bands)
    {
        var table = Right(new Table().Border(TableBorder.None).AddColumn("Similarity"), "Hits", "Reported wrong", "Precision");
        foreach (var band in bands) table.AddRow(Invariant($"{band.From:0.00}–{band.To:0.00}"), Invariant($"{band.Hits}"), Invariant($"{band.ReportedWrong}"), Invariant($"{band.Precision:0.0000}"));
        return table;
    }

    static Table Right(Table table, params string[] columns) => columns.Aggregate(table, (so, column) => so.AddColumn(column, c => c.RightAligned()));

    static IEnumerable<string> Figures(CacheSavingsBucket bucket) =>
    [
        Invariant($"{bucket.Lookups}"), Invariant($"{bucket.Hits}"), bucket.HitRate is { } rate ? Invariant($"{rate:P1}") : "", Invariant($"{bucket.Exact.Hits}"), Invariant($"{bucket.Semantic.Hits}"),
        Invariant($"{bucket.Exact.TokensSaved + bucket.Semantic.TokensSaved}"), Invariant($"{bucket.Exact.CostSavedUsd + bucket.Semantic.CostSavedUsd:0.0000##}"),
    ];

    static string Start(CacheSavings savings, CacheSavingsBucket bucket) => savings.BucketWidth == "1h"
        ? Invariant($"{bucket.StartTime.UtcDateTime:yyyy-MM-dd HH:mm}")
        : Invariant($"{NodaTime.Instant.FromDateTimeOffset(bucket.StartTime).InZone(NodaTime.DateTimeZoneProviders.Tzdb[savings.Timezone]).Date:yyyy-MM-dd}");

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
