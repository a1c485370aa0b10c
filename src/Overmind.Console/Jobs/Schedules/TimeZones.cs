using NodaTime.TimeZones;

namespace Overmind.WebConsole.Jobs.Schedules;

/// <summary>The zones that are offered: those of places, and UTC. Others of the IANA database can be typed.</summary>
static class TimeZones
{
    public static IReadOnlyList<string> Offered { get; } =
        ["UTC", .. TzdbDateTimeZoneSource.Default.ZoneLocations!.Select(l => l.ZoneId).Distinct().Order(StringComparer.Ordinal)];
}
