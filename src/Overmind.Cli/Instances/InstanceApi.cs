using System.CommandLine;
using Overmind.Client;

namespace Overmind.Cli.Instances;

/// <summary>Which server a verb talks to: the one it is told, else the instance of the data folder.</summary>
static class InstanceApi
{
    public static readonly Option<string?> Url = new("--url")
    {
        Description = "Server to ask; default: OVERMIND_URL, else the instance in the data folder",
        HelpName = "url",
    };

    public static readonly Option<string?> Key = new("--key")
    {
        Description = "API key; default: OVERMIND_API_KEY, else the instance's own",
        HelpName = "key",
    };

    public static OvermindClient Connect(ParseResult parsed)
    {
        var folder = new InstanceFolder(parsed.GetValue(GlobalOptions.Data)!);
        var url = parsed.GetValue(Url) ?? Variable("OVERMIND_URL");
        var key = parsed.GetValue(Key) ?? Variable("OVERMIND_API_KEY");
        if (url is not null)
            return new OvermindClient(Parse(url), key ?? throw new CliException(
                "no_key", $"there is no API key for {url}", "set OVERMIND_API_KEY, or pass --key; `overmind key create` makes one"));
        var running = folder.Running() ?? throw new CliException(
            "not_running", $"no instance runs in {folder.Path}", "start it with `overmind up`, or name a server with --url");
        return new OvermindClient(
            new Uri(running.Url ?? throw new CliException("starting", $"the instance in {folder.Path} is still starting", "try again in a moment")),
            key ?? InstanceKey.Read(folder) ?? throw new CliException(
                "no_key", $"there is no API key in {folder.KeyFile}", "pass --key; `overmind key create` makes one"));
    }

    static Uri Parse(string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"
        ? parsed!
        : throw new CliException("bad_url", $"{url} is no URL of a server", "write it as http://127.0.0.1:8080") { ExitCode = 2 };

    static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
