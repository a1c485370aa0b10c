using Overmind.Access.Sessions;

namespace Overmind.WebConsole.Access;

/// <summary>What a session is called: as its person calls it, else by what its user agent says of browser and system.</summary>
static class DeviceWords
{
    // The first that fits: all others call themselves by these names, too.
    static readonly (string Mark, string Name)[] Browsers = [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    static readonly (string Mark, string Name)[] Systems = [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")];

    public static string Name(Session session)
    {
        if (session.DeviceName is { } name)
            return name;
        if (session.UserAgent is not { } agent)
            return session.DeviceType is DeviceType.Web ? "A browser" : "A program";
        return (Find(Browsers, agent), Find(Systems, agent)) switch
        {
            ({ } browser, { } system) => $"{browser} on {system}",
            ({ } browser, null) => browser,
            _ => agent.Split(' ')[0],
        };
    }

    static string? Find((string Mark, string Name)[] names, string agent) =>
        names.FirstOrDefault(name => agent.Contains(name.Mark, StringComparison.Ordinal)).Name;
}
