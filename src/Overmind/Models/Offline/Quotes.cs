namespace Overmind.Models.Offline;

/// <summary>Text between “ and ”: the form in which answers, verdicts and directives of the offline model name a phrase.</summary>
static class Quotes
{
    public static string Around(string text) => $"“{text.Replace('“', '"').Replace('”', '"')}”";

    /// <summary>The quoted texts in order.</summary>
    public static List<string> In(string text)
    {
        var quotes = new List<string>();
        var end = 0;
        for (var start = text.IndexOf('“'); start >= 0; start = text.IndexOf('“', end))
        {
            end = text.IndexOf('”', start);
            if (end < 0) break;
            quotes.Add(text[(start + 1)..end]);
        }

        return quotes;
    }
}
