using System.Globalization;
using System.Text;
using Overmind.Usage;

namespace Overmind.WebConsole.Usage;

/// <summary>A report as comma-separated text, by RFC 4180.</summary>
public static class UsageCsv
{
    const string Header = "start_time,end_time,key,name,calls,tokens_input,tokens_output,tokens_cached,cost_usd,unpriced_calls,avg_latency_ms\r\n";

    /// <summary>The address of a file with it, for a link: nothing is stored.</summary>
    public static string Link(UsageReport report) => $"data:text/csv;charset=utf-8;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(Write(report)))}";

    public static string Write(UsageReport report) => Header + string.Concat(report.Data.SelectMany(bucket => bucket.Results.Select(result => string.Create(
        CultureInfo.InvariantCulture,
        $"{bucket.StartTime.UtcDateTime:O},{bucket.EndTime.UtcDateTime:O},{Quoted(result.Key)},{Quoted(result.Name)},{result.Calls},{result.TokensInput:0},{result.TokensOutput:0},{result.TokensCached:0},{result.CostUsd:0.###############},{result.UnpricedCalls},{result.AvgLatencyMs}\r\n"))));

    // A name that begins like a formula would be one to a spreadsheet.
    static string Quoted(string? text) => text is null
        ? ""
        : $"\"{(text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
