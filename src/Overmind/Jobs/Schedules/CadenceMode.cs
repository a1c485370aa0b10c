using System.Text.Json.Serialization;

namespace Overmind.Jobs.Schedules;

/// <summary>On which days a cadence fires.</summary>
[JsonConverter(typeof(LowerSnakeEnum<CadenceMode>))]
public enum CadenceMode
{
    /// <summary>Every day.</summary>
    Daily,

    /// <summary>Monday to Friday.</summary>
    Weekdays,

    /// <summary>One day of the week.</summary>
    Weekly,

    /// <summary>The given days of the week.</summary>
    Custom,
}
