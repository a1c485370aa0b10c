using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;
using Overmind.Errors;
using Overmind.Usage.Cache;

namespace Overmind.Server.Usage;

/// <summary>The headers by which a request says what it does with the response cache, and an answer what that did.</summary>
static partial class CacheHeaders
{
    const string Mode = "x-overmind-cache";
    const string Ttl = "x-overmind-cache-ttl";
    const string Tags = "x-overmind-cache-tags";
    const string Tier = "x-overmind-cache-tier";

    /// <exception cref="OvermindException"><see cref="ErrorCode.InvalidParameter"/>, with the name of the header.</exception>
    public static CacheRequest Read(HttpRequest request)
    {
        var directives = Items(request.Headers.CacheControl);
        return new CacheRequest
        {
            Mode = Text(request, Mode) is { } mode
                ? LowerSnake.Read<CacheMode>(mode) ?? throw Invalid(Mode, $"{Mode} is off, exact or semantic, not {mode}.")
                : null,
            TtlSeconds = Text(request, Ttl) is { } ttl
                ? int.TryParse(ttl, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : throw Invalid(Ttl, $"{Ttl} is a number of seconds, not {ttl}.")
                : null,
            Tags = [.. Items(request.Headers[Tags]).Distinct(StringComparer.Ordinal)],
            QualityTier = Text(request, Tier),
            NoCache = directives.Contains("no-cache", StringComparer.OrdinalIgnoreCase),
            NoStore = directives.Contains("no-store", StringComparer.OrdinalIgnoreCase),
            Locale = Language().Match(request.Headers.AcceptLanguage.ToString()) is { Success: true } language ? language.Value.ToLowerInvariant() : null,
        };
    }

    public static void Write(HttpResponse response, CacheStatus status) => response.Headers[Mode] = LowerSnake.Write(status);

    static string? Text(HttpRequest request, string name) => request.Headers[name] switch
    {
        [] => null,
        [{ Length: > 0 } text] => text,
        _ => throw Invalid(name, $"{name} has one value."),
    };

    static string[] Items(StringValues header) => [.. header.SelectMany(h => (h ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    static OvermindException Invalid(string header, string detail) => new(ErrorCode.InvalidParameter, detail, header);

    /// <summary>The language that is preferred; what else a browser sends there does not matter.</summary>
    [GeneratedRegex(@"\A[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,4}", RegexOptions.NonBacktracking)]
    private static partial Regex Language();
}
