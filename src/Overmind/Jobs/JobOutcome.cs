namespace Overmind.Jobs;

/// <summary>How a job came out when nothing failed.</summary>
public enum JobOutcome
{
    /// <summary>It is done; the worker marks it.</summary>
    Done,

    /// <summary>Its end was written with its effect, or is another worker's to write.</summary>
    Recorded,
}
