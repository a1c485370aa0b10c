namespace Overmind.Jobs;

/// <summary>Says that another attempt would fail as well: the job is given up at once.</summary>
public sealed class JobFailedException(string message, Exception? inner = null) : Exception(message, inner);
