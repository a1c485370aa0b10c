using Overmind.Errors;

namespace Overmind.Server.Http;

/// <summary>The query string of a request; parameters the route does not know are refused, so that a typo is not taken for a default.</summary>
static class QueryParameters
{
    static readonly string[] PageParameters = ["limit", "order", "after", "before"];

    /// <summary>Which page is asked for, beside the route's <paramref name="others"/>.</summary>
    public static PageRequest Page(this HttpRequest request, params ReadOnlySpan<string> others) => request.QueryString.HasValue
        ? request.PublishedPage([.. CreatedParameters.Names, .. others]) with { CreatedAt = request.CreatedAt() }
        : PageRequest.First;

    /// <summary>As above, of a list of what organizations have published, which does not tell when it was made.</summary>
    public static PageRequest PublishedPage(this HttpRequest request, params ReadOnlySpan<string> others)
    {
        if (!request.QueryString.HasValue)
            return PageRequest.First;
        request.AllowOnly([.. PageParameters, .. others]);
        return new PageRequest
        {
            Limit = request.IntegerParameter("limit") ?? PageRequest.First.Limit,
            Order = request.WordParameter<PageOrder>("order") ?? PageRequest.First.Order,
            After = request.IdParameter("after"),
            Before = request.IdParameter("before"),
        };
    }

    /// <exception cref="OvermindException">There is another parameter, or one twice.</exception>
    public static void AllowOnly(this HttpRequest request, params ReadOnlySpan<string> names)
    {
        if (!request.QueryString.HasValue)
            return;
        foreach (var (name, values) in request.Query)
        {
            if (!names.Contains(name))
                throw Invalid(name, names.IsEmpty
                    ? $"This route does not know the parameter '{name}'; it has none."
                    : $"This route does not know the parameter '{name}'; it knows {string.Join(", ", names!)}.");
            if (values.Count > 1)
                throw Invalid(name, $"{name} is given more than once.");
        }
    }

    public static string? TextParameter(this HttpRequest request, string name) => request.Query[name] is [{ } text] ? text : null;

    public static int? IntegerParameter(this HttpRequest request, string name) => request.TextParameter(name) is { } text
        ? int.TryParse(text, out var number) ? number : throw Invalid(name, $"{name} is an integer.")
        : null;

    public static bool? BooleanParameter(this HttpRequest request, string name) => request.TextParameter(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw Invalid(name, $"{name} is true or false."),
    };

    public static Guid? IdParameter(this HttpRequest request, string name) => request.TextParameter(name) is { } text
        ? Guid.TryParseExact(text, "D", out var id) ? id : throw Invalid(name, $"{name} is the id of an item of the list.")
        : null;

    public static T? WordParameter<T>(this HttpRequest request, string name)
        where T : struct, Enum =>
        request.TextParameter(name) is { } text
            ? LowerSnake.Read<T>(text)
                ?? throw Invalid(name, $"{name} is one of {string.Join(", ", Enum.GetValues<T>().Select(LowerSnake.Write))}.")
            : null;

    /// <summary>A time as RFC 3339 has it, with its offset.</summary>
    public static DateTimeOffset? TimeParameter(this HttpRequest request, string name) => request.TextParameter(name) is { } text
        ? Rfc3339.Read(text) ?? throw Invalid(name, $"{name} is a time as 2030-01-31T12:00:00Z; in an address the + of an offset is written %2B.")
        : null;

    static OvermindException Invalid(string name, string detail) => new(ErrorCode.InvalidParameter, detail, name);
}
