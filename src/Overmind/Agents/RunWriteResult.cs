using Overmind.Errors;

namespace Overmind.Agents;

/// <summary>What became of a record.</summary>
/// <param name="Written">False: the run is another worker's, or has ended; nothing of the record was written.</param>
/// <param name="CancelRequested">Somebody has asked for the run to stop.</param>
/// <param name="Blocked">Steps whose calls a budget does not let be made; their rows in the ledger say so.</param>
readonly record struct RunWriteResult(bool Written, bool CancelRequested, IReadOnlyList<(Guid StepId, BudgetBlock Block)> Blocked);
