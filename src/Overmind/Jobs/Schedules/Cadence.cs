using System.Text.Json.Serialization;
using Overmind.Errors;

namespace Overmind.Jobs.Schedules;

/// <summary>The days on which something happens, as a person says it.</summary>
/// <param name="Mode">Which days.</param>
/// <param name="Days">0 to 6, Sunday is 0: one for <c>weekly</c>, one or more for <c>custom</c>; may be left empty for the others.</param>
public sealed record Cadence(CadenceMode Mode, IReadOnlyList<int> Days)
{
    static readonly int[] EveryDay = [0, 1, 2, 3, 4, 5, 6];
    static readonly int[] MondayToFriday = [1, 2, 3, 4, 5];

    /// <summary>The days in ascending order, also where the mode alone says them.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> FiringDays => Mode switch
    {
        CadenceMode.Daily => EveryDay,
        CadenceMode.Weekdays => MondayToFriday,
        _ => [.. Days.Order()],
    };

    /// <summary>True for the same days said in the same way, in whatever order.</summary>
    public bool Equals(Cadence? other) => other is not null && Mode == other.Mode && FiringDays.SequenceEqual(other.FiringDays);

    public override int GetHashCode() => FiringDays.Aggregate((int)Mode, HashCode.Combine);

    internal void Check(ref Checks checks, string param)
    {
        var days = $"{param}.days";
        foreach (var day in Days)
            checks.Require(day is >= 0 and <= 6, days, $"{days} holds days 0 to 6 (Sunday is 0), not {day}.");
        checks.Require(Days.Distinct().Count() == Days.Count, days, $"{days} names a day twice.");
        var fits = Mode switch
        {
            CadenceMode.Weekly => Days.Count == 1,
            CadenceMode.Custom => Days.Count > 0,
            _ => Days.Count == 0 || Days.Order().SequenceEqual(FiringDays),
        };
        checks.Require(fits, days, Mode switch
        {
            CadenceMode.Weekly => $"{days} has the one day on which a weekly cadence fires, 0 (Sunday) to 6; for more use custom.",
            CadenceMode.Custom => $"{days} has the days on which a custom cadence fires, 0 (Sunday) to 6.",
            _ => $"{days} is left out for {LowerSnake.Write(Mode)}: the mode says the days. For others use custom.",
        });
    }
}
