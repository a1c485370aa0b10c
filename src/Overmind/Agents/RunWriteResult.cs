namespace Overmind.Agents;

/// <summary>What became of a record.</summary>
/// <param name="Written">False: the run is another worker's, or has ended; nothing of the record was written.</param>
/// <param name="CancelRequested">Somebody has asked for the run to stop.</param>
readonly record struct RunWriteResult(bool Written, bool CancelRequested);
