using Overmind.Errors;

namespace Overmind.Agents;

/// <summary>What a run that did not reach what it was after says of it.</summary>
static class RunErrors
{
    public static RunError Internal { get; } = new(
        ErrorCatalogue.Word(ErrorCode.InternalError), "Something went wrong in the server, several times. Ask again; if it stays, see the server's log.");

    /// <summary>Null when nothing went wrong.</summary>
    public static RunError? Of(RunEnd end) => end switch
    {
        { ErrorMessage: { } message } => new RunError(end.ErrorCode ?? ErrorCatalogue.Word(ErrorCode.ModelFailed), message),
        { Kept: not null } => null,
        { TerminationReason: TerminationReason.CostCap } => new RunError("cost_cap", "The run reached its cost cap before it had an answer."),
        { TerminationReason: TerminationReason.Deadline } => new RunError("deadline", "The run's deadline passed before it had an answer."),
        _ => null,
    };
}
