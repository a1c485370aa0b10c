using System.CommandLine;
using System.Globalization;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class UsageReportCommand
{
    static readonly Option<string?> By = new("--by") { Description = "Group by user, model, operation, project, workflow or api_key; default: all together", HelpName = "what" };

    static readonly Option<bool> Hours = new("--hours") { Description = "By hours of UTC, the last 24 unless said; default: by days of the organization, the last 30" };

    static readonly Option<Guid?> User = new("--user") { Description = "What that member used; others' for admins", HelpName = "id" };

    static readonly Option<bool> Csv = new("--csv") { Description = "Comma-separated, with a header" };

    static UsageReportCommand() => By.AcceptOnlyFromAmong("user", "model", "operation", "project", "workflow", "api_key");

    public static Command Create()
    {
        var command = ApiVerb.Create("report", "Calls, tokens and cost by day or hour: an admin's key tells of the organization, a member's of themselves", By, Hours, User, ListOptions.Since, ListOptions.Until, Csv);
        command.SetAction(async (parsed, ct) =>
        {
            var report = await InstanceApi.Connect(parsed).Usage.ReportAsync(
                new UsageFilter
                {
                    BucketWidth = parsed.GetValue(Hours) ? "1h" : "1d",
                    GroupBy = parsed.GetValue(By),
                    UserId = parsed.GetValue(User),
                    Since = parsed.GetValue(ListOptions.Since),
                    Until = parsed.GetValue(ListOptions.Until),
                },
                ct);
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, report);
            else if (parsed.GetValue(Csv))
                WriteCsv(report);
            else
                AnsiConsole.Write(TableOf(report));
            return 0;
        });
        return command;
    }

    static Table TableOf(UsageReport report)
    {
        var table = new Table().Border(TableBorder.None).AddColumns(report.BucketWidth == "1h" ? "Hour (UTC)" : $"Day ({Markup.Escape(report.Timezone)})", report.GroupBy ?? "");
        foreach (var column in (string[])["Calls", "Tokens in", "Tokens out", "Cached", "USD", "Unpriced", "Mean ms"])
            table.AddColumn(column, c => c.RightAligned());
        foreach (var (bucket, result) in Rows(report))
            table.AddRow([Markup.Escape(Start(report, bucket)), Markup.Escape(result.Name ?? result.Key ?? (report.GroupBy is null ? "" : "none")), .. Figures(result, "0.0000##")]);
        return table;
    }

    static void WriteCsv(UsageReport report)
    {
        Console.Out.WriteLine("start_time,end_time,key,name,calls,tokens_input,tokens_output,tokens_cached,cost_usd,unpriced_calls,avg_latency_ms");
        foreach (var (bucket, result) in Rows(report))
            Console.Out.WriteLine(string.Join(',', [
                Time(bucket.StartTime), Time(bucket.EndTime), Quoted(result.Key), Quoted(result.Name), .. Figures(result, "0.###############")]));
    }

    static IEnumerable<(UsageBucket Bucket, UsageResult Result)> Rows(UsageReport report) => report.Data.SelectMany(bucket => bucket.Results.Select(result => (bucket, result)));

    static IEnumerable<string> Figures(UsageResult result, string cost) =>
    [
        Number(result.Calls), Number(result.TokensInput), Number(result.TokensOutput), Number(result.TokensCached),
        result.CostUsd?.ToString(cost, CultureInfo.InvariantCulture) ?? "", Number(result.UnpricedCalls), result.AvgLatencyMs is { } latency ? Number(latency) : "",
    ];

    static string Number(decimal number) => number.ToString("0", CultureInfo.InvariantCulture);

    static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    static string Start(UsageReport report, UsageBucket bucket) => report.BucketWidth == "1h"
        ? bucket.StartTime.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : NodaTime.Instant.FromDateTimeOffset(bucket.StartTime).InZone(NodaTime.DateTimeZoneProviders.Tzdb[report.Timezone]).Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // A name that begins like a formula would be one to a spreadsheet.
    static string Quoted(string? text) => text is null ? "" : $"\"{(text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
