using System.Text;
using Overmind.Errors;
using Overmind.Server.Http;

namespace Overmind.Server.Errors;

/// <summary><c>/errors/{code}</c>: what the <c>type</c> of a problem leads to, the entry of docs/errors.md as text.</summary>
static class ErrorPages
{
    static readonly Dictionary<string, string> Entries = Read();

    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/errors/{code}", [HttpMethods.Get], http =>
    {
        var word = (string)http.Request.RouteValues["code"]!;
        if (!Entries.TryGetValue(word, out var entry))
            throw new OvermindException(ErrorCode.ErrorCodeNotFound, $"There is no error {word}.");
        http.Response.ContentType = "text/markdown; charset=utf-8";
        return http.Response.WriteAsync(entry, http.RequestAborted);
    });

    // The document has a heading of the second level for each code.
    static Dictionary<string, string> Read()
    {
        using var stream = typeof(ErrorPages).Assembly.GetManifestResourceStream("docs/errors.md")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd()
            .Split("\n## ")
            .Skip(1)
            .ToDictionary(entry => entry[..entry.IndexOf('\n')].Trim(), entry => "# " + entry.TrimEnd() + "\n");
    }
}
