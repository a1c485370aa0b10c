using System.Text.Json;
using System.Text.RegularExpressions;

namespace Overmind.Server.Tests.Access;

/// <summary>What links in mails carry.</summary>
static partial class Links
{
    public static string TokenOf(string text) => Link().Match(text).Groups["token"].Value;

    public static Task<Answer> SendAsync(this ApiServer server, string path, object body) => server.Anonymous.PostAsync(path, JsonSerializer.Serialize(body));

    [GeneratedRegex("[?]token=(?<token>[a-z0-9_]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
