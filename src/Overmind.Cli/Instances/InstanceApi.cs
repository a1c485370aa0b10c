using System.CommandLine;
using System.Net.Http.Headers;
using Overmind.Cli.Configuration;
using Overmind.Client;

namespace Overmind.Cli.Instances;

/// <summary>Which server a verb talks to: the one it is told, else the instance of the data folder.</summary>
static class InstanceApi
{
    public static readonly Option<string?> Url = new("--url")
    {
        Description = "Server to ask; default: the setting url, else the instance in the data folder",
        HelpName = "url",
    };

    public static readonly Option<string?> Key = new("--key")
    {
        Description = "API key; default: the setting api_key, else the instance's own",
        HelpName = "key",
    };

    public static OvermindClient Connect(ParseResult parsed)
    {
        var (url, key) = Read(parsed);
        return new OvermindClient(url, key);
    }

    /// <summary>For what takes as long as a file is long.</summary>
    public static OvermindClient ConnectPatiently(ParseResult parsed)
    {
        var (url, key) = Read(parsed);
        return new OvermindClient(new HttpClient
        {
            BaseAddress = url,
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
        });
    }

    static (Uri Url, string Key) Read(ParseResult parsed)
    {
        var folder = InstanceFolder.Of(parsed);
        var settings = EffectiveConfiguration.Read(parsed, folder).Checked();
        var key = settings.Text(Settings.ApiKey);
        if (settings.Text(Settings.Url) is { } url)
            return (new Uri(url), key ?? throw new CliException(
                "no_key", $"there is no API key for {url}", "set OVERMIND_API_KEY, or pass --key; `overmind key create` makes one"));
        var running = folder.Running() ?? throw new CliException(
            "not_running", $"no instance runs in {folder.Path}", "start it with `overmind up`, or name a server with --url");
        return (
            new Uri(running.Url ?? throw new CliException("starting", $"the instance in {folder.Path} is still starting", "try again in a moment")),
            key ?? InstanceKey.Read(folder) ?? throw new CliException(
                "no_key", $"there is no API key in {folder.KeyFile}", "pass --key; `overmind key create` makes one"));
    }
}
