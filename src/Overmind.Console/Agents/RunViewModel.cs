using Overmind.Agents;

namespace Overmind.WebConsole.Agents;

/// <summary>
/// A run as the page shows it: reduces recorded steps and events to agents × iterations. Events may come again and in any overlap with the
/// recorded steps (a page that is loaded in the middle of a run reads both): what is known is never taken back.
/// </summary>
public sealed class RunViewModel
{
    static readonly StepPhase[] Synthesis = [StepPhase.Observe, StepPhase.Distil, StepPhase.Assemble, StepPhase.Inspect];

    readonly RunReducer state = new();

    /// <param name="run">As read from the database.</param>
    /// <param name="steps">As read with it.</param>
    public RunViewModel(Run run, IReadOnlyList<RunStep> steps)
    {
        Run = run;
        Take(run, steps);
    }

    /// <summary>The run as last read, or as its last event carried it.</summary>
    public Run Run { get; private set; }

    /// <summary>The number of the last event that was applied; -1 before the first. A stream goes on after it.</summary>
    public long LastSequence { get; private set; } = -1;

    public bool IsActive => Run.Status is RunStatus.Queued or RunStatus.Running or RunStatus.Waiting;

    /// <summary>How often the run was taken up again after an interruption, as far as seen.</summary>
    public int Resumed { get; private set; }

    /// <summary>In the order in which they first appeared.</summary>
    public IReadOnlyList<AgentRow> Agents => state.Agents;

    public IReadOnlyList<IterationViewModel> Iterations { get; private set; } = [];

    /// <summary>The stages of the latest iteration.</summary>
    public IReadOnlyList<ProgressStep> Progress { get; private set; } = [];

    /// <summary>Best score so far, or of the kept answer.</summary>
    public double? Score => IsActive ? Kept?.Score : Run.BestScore;

    /// <summary>The iteration whose answer is kept, as things stand.</summary>
    public IterationViewModel? Kept => Iterations.FirstOrDefault(i => i.IsKept);

    /// <summary>Of all steps, in and out.</summary>
    public long Tokens => Math.Max(Run.TokensInput + Run.TokensOutput, state.Steps.Sum(s => s.TokensInput + s.TokensOutput));

    /// <summary>In US dollars; null when any part is unknown.</summary>
    public decimal? CostUsd => !IsActive || Run.CostUsd is null ? Run.CostUsd : state.Cost is { } cost ? Math.Max(cost, Run.CostUsd.Value) : null;

    /// <summary>True when any of its figures is an estimate.</summary>
    public bool IsEstimated => state.Steps.Any(s => s.IsEstimated);

    /// <summary>
    /// What can be read as the answer now: the run's own when it has ended, before that the best draft, and before the first is whole
    /// what has come of it. A draft is not replaced by an unfinished one.
    /// </summary>
    public string? Answer => IsActive || Run.Answer is null
        ? Assembled(Kept?.Number ?? Iterations.Count) is { Text: { Length: > 0 } text } ? text : Run.Answer
        : Run.Answer;

    /// <summary>The step of an agent in an iteration, or null when it has not begun.</summary>
    public StepViewModel? Step(int iteration, string agentKey) => state.Find($"{iteration}/agent:{agentKey}");

    /// <summary>The step in which another agent answered what this one handed on, or null.</summary>
    public StepViewModel? Delegate(int iteration, string agentKey) =>
        Step(iteration, agentKey)?.DelegatedTo is { } to ? state.Find(StepKeys.Delegate(iteration, agentKey, to)) : null;

    /// <summary>The step of a phase in an iteration, or null when it has not begun.</summary>
    public StepViewModel? Step(int iteration, StepPhase phase) => state.Find(StepKeys.Of(iteration, phase));

    /// <summary>The step of this key, or null.</summary>
    public StepViewModel? Step(string? key) => key is null ? null : state.Find(key);

    /// <summary>Takes over what the database has, for instance after a pause in the events.</summary>
    public void Take(Run run, IReadOnlyList<RunStep> steps)
    {
        Run = run;
        state.Take(steps);
        Derive();
    }

    /// <summary>Applies an event. False when it was seen before, or changes nothing.</summary>
    public bool Apply(RunEvent happened)
    {
        if (happened.SequenceNumber <= LastSequence) return false;
        LastSequence = happened.SequenceNumber;
        if (happened.Type == RunEventTypes.RunStarted)
        {
            if (RunEventJson.Flag(happened.Data, "resumed")) Resumed++;
            if (Run.Status is RunStatus.Queued or RunStatus.Waiting) Run = Run with { Status = RunStatus.Running, Waiting = null, StartedAt = Run.StartedAt ?? happened.CreatedAt };
        }
        else if (happened.Type == RunEventTypes.RunWaiting)
        {
            Run = Run with { Status = RunStatus.Waiting, Waiting = RunEventJson.Waiting(happened.Data) };
        }
        else if (happened.Type is RunEventTypes.RunApproved or RunEventTypes.RunRejected)
        {
            Run = Run with { Status = RunStatus.Queued, Waiting = null };
        }
        else if (happened.Type == RunEventTypes.RunRetried)
        {
            Run = Run with { Status = RunStatus.Queued, TerminationReason = null, Error = null, CompletedAt = null, LatencyMs = null, CancelRequestedAt = null };
        }
        else if (happened.IsTerminal)
        {
            Run = RunEventJson.Run(happened.Data) ?? Run;
            state.End();
        }
        else if (!state.Apply(happened))
        {
            return false;
        }

        if (happened.Type != RunEventTypes.StepDelta) Derive();
        return true;
    }

    StepViewModel? Assembled(int iteration) => iteration > 0 ? Step(iteration, StepPhase.Assemble) : null;

    void Derive()
    {
        Iterations = IterationReading.Of(state, Run, IsActive);
        Progress = Iterations.Count == 0 ? [] : Stages(Iterations[^1].Number);
    }

    List<ProgressStep> Stages(int iteration)
    {
        var answers = Agents.Select(a => Step(iteration, a.Key)).ToList();
        var done = answers.Count(s => s is { IsRunning: false });
        var synthesis = Synthesis.Select(p => (Phase: p, Step: Step(iteration, p))).ToList();
        // Agents appear with their first steps; the first phase of the synthesis says that no more will come.
        var answered = synthesis[0].Step is not null || (answers.Count > 0 && done == answers.Count);
        return
        [
            new ProgressStep("Agents", answered ? ProgressState.Done : ProgressState.Now, done, answers.Count),
            .. synthesis.Select(s => new ProgressStep(Words.Phase(s.Phase), s.Step switch
            {
                null => ProgressState.Waiting,
                { IsRunning: true } => ProgressState.Now,
                _ => ProgressState.Done,
            }, s.Step is { IsRunning: false } ? 1 : 0, 1)),
        ];
    }
}
