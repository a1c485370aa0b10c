using System.Globalization;
using Overmind.Agents;
using Overmind.WebConsole.Text;

namespace Overmind.WebConsole.Agents.Workflows;

/// <summary>What the settings of a workflow do, in words.</summary>
public static class WorkflowWords
{
    public static string Name(ExecutionMode mode) => mode is ExecutionMode.Parallel ? "Parallel" : "Sequential";

    public static string Rule(ExecutionMode mode) => mode is ExecutionMode.Parallel
        ? "All agents answer at once, each on its own: fast, and many points of view."
        : "One after the other, each with the answers before its own: slower, and they build on each other.";

    /// <summary>As <c>3 ratings, yours: 4</c>.</summary>
    public static string Ratings(Workflow workflow) =>
        Figures.Count(workflow.RatingCount, "rating") + (workflow.MyRating is { } own ? $", yours: {own}" : "");

    /// <summary>A mean of ratings, as <c>4.3</c>.</summary>
    public static string Rating(double? rating) => rating is { } mean ? mean.ToString("0.0", CultureInfo.InvariantCulture) : Figures.Unknown;

    /// <summary>How high a threshold of 0 to 10 is; null: the organization's.</summary>
    public static string Threshold(double? threshold) => threshold switch
    {
        null => "Empty: the organization's. An answer that scores as much ends the run.",
        >= 9.5 => "Hardly any answer scores as much: most runs use all their iterations.",
        >= 8.5 => "A strict judge: a run usually takes more than one iteration.",
        >= 6 => "A good answer is enough: often the first.",
        _ => "Nearly every first answer is taken.",
    };

    /// <summary>Seconds as people say them, as <c>10 minutes</c>; null: none of its own.</summary>
    public static string Deadline(int? seconds) => seconds switch
    {
        null => "Empty: the organization's. After it the run ends with the best it has.",
        < 120 => $"After {Figures.Count(seconds.Value, "second")} the run ends with the best it has.",
        < 7200 => $"After {Figures.Count(seconds.Value / 60, "minute")} the run ends with the best it has.",
        _ => $"After {Figures.Count(seconds.Value / 3600, "hour")} the run ends with the best it has.",
    };

    /// <summary>Where a version stands: active, a draft, or used before.</summary>
    public static string State(Workflow version) => version.IsActive ? "active" : version.FrozenAt is null ? "draft" : "earlier";

    public static string Tone(Workflow version) => version.IsActive ? "good" : version.FrozenAt is null ? "accent" : "";
}
