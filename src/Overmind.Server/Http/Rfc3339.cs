using System.Globalization;
using System.Text.RegularExpressions;

namespace Overmind.Server.Http;

/// <summary>Times as RFC 3339 section 5.6 writes them: date, time and offset.</summary>
static partial class Rfc3339
{
    /// <summary>In UTC; digits beyond 100 ns are rounded up. Null when it is none.</summary>
    public static DateTimeOffset? Read(string text)
    {
        var form = Form().Match(text);
        if (!form.Success || !DateTimeOffset.TryParse(Whole(text, form), CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return null;
        var utc = time.ToUniversalTime();
        return form.Groups["beyond"].ValueSpan.ContainsAnyExcept('0') && utc < DateTimeOffset.MaxValue ? utc.AddTicks(1) : utc;
    }

    static string Whole(string text, Match form) => text.Remove(form.Groups["beyond"].Index, form.Groups["beyond"].Length);

    // Without an offset it would be the server's own zone, which nobody meant.
    [GeneratedRegex(
        @"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7}(?<beyond>[0-9]{0,9}))?(Z|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
