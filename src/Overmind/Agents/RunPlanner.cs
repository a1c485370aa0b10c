using static Overmind.Agents.RunMove;

namespace Overmind.Agents;

/// <summary>
/// What a run does next: a pure function of its snapshot and its recorded steps, so that a run goes on after a crash as if nothing had happened.
/// A recorded step (<c>succeeded</c>, <c>failed</c>) is never planned again; one left <c>running</c> is.
/// </summary>
static class RunPlanner
{
    static readonly StepPhase[] Synthesis = [StepPhase.Observe, StepPhase.Distil, StepPhase.Assemble, StepPhase.Inspect];

    /// <summary>
    /// The next calls, an approval to wait for, or the end. Ask again when every call of the last move is recorded: asked earlier, it names those still in the air as well.
    /// </summary>
    /// <param name="now">Compared with the deadline; a deadline ends the run before a call, not in one.</param>
    /// <param name="costSoFar">In US dollars; a run that has reached its cap makes no further call.</param>
    public static RunMove Next(RunSnapshot run, IReadOnlyList<RecordedStep> steps, DateTimeOffset now, decimal costSoFar)
    {
        var progress = new RunProgress(run, steps);
        var iterations = progress.Iterations();
        var complete = iterations.TakeWhile(i => i.Complete).ToList();
        if (RunEnds.After(run, complete) is { } reason) return End(reason, iterations, null);
        var iteration = complete.Count + 1;

        if (Failure(run, progress, iteration) is { } failure) return End(TerminationReason.Failed, iterations, failure);
        if (costSoFar >= run.CostCapUsd) return End(TerminationReason.CostCap, iterations, null);
        if (now >= run.Deadline) return End(TerminationReason.Deadline, iterations, null);
        if (!progress.HasBegun(iteration) && RunApprovals.Needed(run, progress, iteration, now, costSoFar) is { } waiting)
        {
            switch (RunApprovals.On(run, iteration)?.Decision)
            {
                case null:
                    return new AwaitApproval(waiting);
                case RunApprovals.Rejected:
                    return End(TerminationReason.Cancelled, iterations, null);
            }
        }

        return new CallModels(iteration, Calls(run, progress, iteration));
    }

    /// <summary>What an answer makes of its step. Broken, empty and cut-off answers are sent back once.</summary>
    /// <param name="step">The step as it is recorded while the call runs.</param>
    /// <param name="text">The whole answer.</param>
    /// <param name="truncated">The model stopped at its token limit.</param>
    public static StepOutcome Judge(RunSnapshot run, PlannedCall call, RecordedStep step, string text, bool truncated)
    {
        if (call.Phase is StepPhase.Agent && Delegations.MayDelegate(run, call.Agent!) && !truncated && Delegations.IsMeant(text))
        {
            if (Delegations.Parse(run, call.Agent!, step, text, out var refused) is { } delegation) return new StepOutcome.Delegated(delegation);
            return step.SentBack ? new StepOutcome.Failed(refused!) : new StepOutcome.SendBack(refused!);
        }

        var reason = call.Phase switch
        {
            StepPhase.Agent => OutputFormats.Violation(call.Agent!.OutputFormat, text, truncated)
                ?? (call.Agent.OutputSchema is { } schema ? AnswerSchema.Violation(schema, text) : null),
            StepPhase.Distil => truncated ? "It was cut off at its token limit; be shorter." : Insights.Violation(text),
            StepPhase.Inspect => Verdict.Parse(text, truncated, out var unreadable) is null ? unreadable : null,
            StepPhase.Delegate or StepPhase.Assemble when truncated => OutputFormats.Violation(OutputFormat.Markdown, text, truncated),
            _ => OutputFormats.Violation(OutputFormat.Markdown, text, truncated: false),
        };
        if (reason is null) return new StepOutcome.Succeeded();
        if (!step.SentBack) return new StepOutcome.SendBack(reason);
        var goesOn = call.Phase is StepPhase.Inspect || (call.Phase is StepPhase.Assemble && !string.IsNullOrWhiteSpace(text));
        return goesOn ? new StepOutcome.Succeeded(reason) : new StepOutcome.Failed(reason);
    }

    /// <summary>The answer to keep as things stand, also for a run that is cancelled; null when none is assembled.</summary>
    public static KeptAnswer? Best(RunSnapshot run, IReadOnlyList<RecordedStep> steps) => Kept(new RunProgress(run, steps).Iterations());

    /// <summary>What each iteration with a recorded step came to, in order.</summary>
    public static IReadOnlyList<IterationResult> Iterations(RunSnapshot run, IReadOnlyList<RecordedStep> steps)
    {
        var iterations = new RunProgress(run, steps).Iterations();
        var kept = RunEnds.Best(iterations);
        return
        [
            .. iterations.Select((result, i) =>
            {
                var goesOn = result.Complete && RunEnds.After(run, [.. iterations.Take(i + 1)]) is null;
                return result with
                {
                    TriggeredN2 = goesOn,
                    RepairDirective = goesOn ? result.RepairDirective : null,
                    Accepted = ReferenceEquals(result, kept),
                };
            }),
        ];
    }

    /// <summary>The call of a step as it was last made, but for an answer that was sent back: to make it again with another model.</summary>
    /// <param name="steps">All of the run, this one among them.</param>
    public static PlannedCall Again(RunSnapshot run, IReadOnlyList<RecordedStep> steps, int iteration, StepPhase phase, string stepKey)
    {
        var progress = new RunProgress(run, [.. steps.Select(s => s.StepKey == stepKey ? s with { SentBack = false } : s)]);
        return phase switch
        {
            StepPhase.Agent => Call(run, progress, iteration, run.Agents.First(a => StepKeys.Of(iteration, a) == stepKey)),
            StepPhase.Delegate => run.Agents
                .Select(asker => (Asker: asker, progress.Step(iteration, asker)?.Delegation))
                .Where(a => a.Delegation is not null && StepKeys.Delegate(iteration, a.Asker.Key, a.Delegation.To) == stepKey)
                .Select(a => Call(run, progress, iteration, a.Asker, a.Delegation!))
                .First(),
            _ => Call(run, progress, iteration, phase),
        };
    }

    static EndRun End(TerminationReason reason, IReadOnlyList<IterationResult> iterations, (string Message, string? Code)? error) =>
        new(new RunEnd { TerminationReason = reason, Kept = Kept(iterations), ErrorMessage = error?.Message, ErrorCode = error?.Code });

    static KeptAnswer? Kept(IReadOnlyList<IterationResult> iterations) =>
        RunEnds.Best(iterations) is { } best ? new KeptAnswer(best.Iteration, best.Assembled!, best.Score) : null;

    static (string Message, string? Code)? Failure(RunSnapshot run, RunProgress progress, int iteration)
    {
        var failed = run.Agents.Select(a => (a.Name, Step: progress.Step(iteration, a))).Where(a => a.Step is { Status: "failed" }).ToList();
        if (failed.Count == run.Agents.Count)
            return ("No agent answered. " + Reasons([.. failed.Select(a => (a.Name, a.Step!.ErrorMessage))]), Code([.. failed.Select(a => a.Step!.ErrorCode)]));
        foreach (var phase in Synthesis)
            if (progress.Step(iteration, phase) is { Status: "failed" } step)
                return ($"The synthesis failed ({LowerSnake.Write(phase)}). {step.ErrorMessage}", step.ErrorCode);
        return null;
    }

    /// <summary>Of agents that failed for different reasons there is none.</summary>
    static string? Code(IReadOnlyList<string?> failed) => failed.All(code => code == failed[0]) ? failed[0] : null;

    /// <summary>A reason that all share is said once.</summary>
    static string? Reasons(IReadOnlyList<(string Name, string? Reason)> failed) =>
        failed.All(f => f.Reason == failed[0].Reason) ? failed[0].Reason : string.Join(" ", failed.Select(f => $"{f.Name}: {f.Reason}"));

    static IReadOnlyList<PlannedCall> Calls(RunSnapshot run, RunProgress progress, int iteration)
    {
        var missing = run.Agents.Where(a => progress.Step(iteration, a) is null or { Status: "running" }).ToList();
        if (missing.Count > 0 && run.ExecutionMode is ExecutionMode.Sequential) missing = missing[..1];
        if (missing.Count > 0) return [.. missing.Select(a => AskedFirst(run, progress, iteration, a) ?? Call(run, progress, iteration, a))];
        return [Call(run, progress, iteration, Synthesis.First(p => progress.Step(iteration, p) is null or { Status: "running" }))];
    }

    /// <summary>The call of the agent that has to answer a sub-question before this one can go on; null when none has.</summary>
    static PlannedCall? AskedFirst(RunSnapshot run, RunProgress progress, int iteration, AgentSnapshot agent)
    {
        if (progress.Step(iteration, agent)?.Delegation is not { } delegation) return null;
        return progress.Delegate(iteration, agent, delegation.To) is null or { Status: "running" } ? Call(run, progress, iteration, agent, delegation) : null;
    }

    static PlannedCall Call(RunSnapshot run, RunProgress progress, int iteration, AgentSnapshot asker, Delegation delegation)
    {
        var agent = run.Agents.First(a => a.Key == delegation.To);
        return new PlannedCall
        {
            StepKey = StepKeys.Delegate(iteration, asker.Key, agent.Key),
            Iteration = iteration,
            Phase = StepPhase.Delegate,
            Agent = agent,
            Model = agent.Model,
            Messages = RunPrompts.Delegate(run, progress, iteration, asker, agent, delegation.Question),
            Temperature = agent.Temperature,
            MaxTokens = agent.MaxTokens,
        };
    }

    static PlannedCall Call(RunSnapshot run, RunProgress progress, int iteration, AgentSnapshot agent) => new()
    {
        StepKey = StepKeys.Of(iteration, agent),
        Iteration = iteration,
        Phase = StepPhase.Agent,
        Agent = agent,
        Model = agent.Model,
        Messages = RunPrompts.Agent(run, progress, iteration, agent),
        Temperature = agent.Temperature,
        MaxTokens = agent.MaxTokens,
    };

    static PlannedCall Call(RunSnapshot run, RunProgress progress, int iteration, StepPhase phase)
    {
        var prompt = RunPrompts.Template(run.Prompts, phase);
        return new PlannedCall
        {
            StepKey = StepKeys.Of(iteration, phase),
            Iteration = iteration,
            Phase = phase,
            Model = phase is StepPhase.Inspect ? run.JudgeModel : run.SynthesisModel,
            Messages = RunPrompts.Synthesis(run, progress, iteration, phase),
            Temperature = prompt.Temperature,
            MaxTokens = prompt.MaxTokens,
        };
    }
}
