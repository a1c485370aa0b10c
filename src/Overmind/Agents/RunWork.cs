namespace Overmind.Agents;

/// <summary>A run in the hands of a worker: what is recorded of it.</summary>
sealed class RunWork
{
    public required Run Run { get; set; }

    /// <summary>Whether it is taken up from a worker that did not bring it to its end.</summary>
    public required bool IsResumed { get; init; }

    /// <summary>How often it was taken, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Given beforehand: the answer's message gets it.</summary>
    public required Guid AnswerMessageId { get; init; }

    /// <summary>As stored; read by who needs it, so that a run can be ended without it.</summary>
    public required string SnapshotJson { get; init; }

    public required List<StepState> Steps { get; init; }

    /// <summary>Attempts that a worker before this one left in the air.</summary>
    public required IReadOnlyList<OrphanedAttempt> Orphans { get; init; }

    /// <summary>What the run uses, with what changes after it was made.</summary>
    public RunSnapshot Snapshot() => RunSnapshotJson.Read(SnapshotJson) with { Deadline = Run.DeadlineAt, Approvals = Run.Approvals };

    public StepState? Find(string stepKey) => Steps.Find(s => s.StepKey == stepKey);

    public IReadOnlyList<RecordedStep> Recorded() => [.. Steps.Select(s => s.ToRecorded())];
}
