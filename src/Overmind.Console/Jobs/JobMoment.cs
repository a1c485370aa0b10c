namespace Overmind.WebConsole.Jobs;

/// <summary>A moment in the life of a job.</summary>
/// <param name="What">In a few words.</param>
/// <param name="Tone">Colour: good, bad, warn, accent, or none.</param>
/// <param name="Detail">What went wrong; null: nothing.</param>
public sealed record JobMoment(DateTimeOffset At, string What, string Tone = "", string? Detail = null);
