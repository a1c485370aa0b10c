using System.Globalization;
using System.Text.Json;
using Overmind.PriceCatalogue;

// <prices.json> <day> <prices.tsv>: writes the catalogue anew from the prices as they are on that day. See docs/usage.md.
if (args is not [var source, var day, var to]
    || !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var version))
{
    Console.Error.WriteLine("usage: <prices.json> <yyyy-MM-dd> <prices.tsv>  (see docs/usage.md)");
    return 2;
}

using var document = JsonDocument.Parse(File.ReadAllBytes(source));
var reading = new SourceReading();
var catalogue = reading.Read(document.RootElement);
if (File.Exists(to)) catalogue = Catalogue.Parse(File.ReadAllText(to)).FollowedBy(catalogue, version);
File.WriteAllText(to, catalogue.Write(version));
Console.WriteLine(
    $"{to}: {new FileInfo(to).Length:#,0} bytes, {catalogue.Providers.Count} providers, {catalogue.Models.Count} models, {catalogue.Prices.Count} prices");
foreach (var (kind, models) in reading.LeftOut.OrderBy(k => k.Key, StringComparer.Ordinal))
    Console.WriteLine($"left out: {kind} of {models} prices, which no provider reports a count for");
return 0;
