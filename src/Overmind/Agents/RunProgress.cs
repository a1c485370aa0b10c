namespace Overmind.Agents;

/// <summary>The recorded steps of a run, read by iteration.</summary>
sealed class RunProgress
{
    readonly RunSnapshot _run;
    readonly Dictionary<string, RecordedStep> _steps;

    public RunProgress(RunSnapshot run, IReadOnlyList<RecordedStep> steps)
    {
        _run = run;
        _steps = steps.ToDictionary(s => s.StepKey);
    }

    public RecordedStep? Step(int iteration, AgentSnapshot agent) => _steps.GetValueOrDefault(StepKeys.Of(iteration, agent));

    /// <summary>The step in which an agent answers what another one handed to it.</summary>
    public RecordedStep? Delegate(int iteration, AgentSnapshot asker, string to) => _steps.GetValueOrDefault(StepKeys.Delegate(iteration, asker.Key, to));

    /// <summary>What each step of an iteration cost.</summary>
    public IReadOnlyList<decimal?> Costs(int iteration) =>
        [.. _steps.Values.Where(s => s.StepKey.StartsWith($"{iteration}/", StringComparison.Ordinal)).Select(s => s.CostUsd)];

    /// <summary>True once any call of an iteration was made.</summary>
    public bool HasBegun(int iteration) => _run.Agents.Any(a => Step(iteration, a) is not null);

    public RecordedStep? Step(int iteration, StepPhase phase) => _steps.GetValueOrDefault(StepKeys.Of(iteration, phase));

    /// <summary>The text of a phase that succeeded; null for any other.</summary>
    public string? Output(int iteration, StepPhase phase) => Step(iteration, phase) is { Status: "succeeded", Output: { } text } ? text : null;

    /// <summary>The answers that count, in the workflow's order.</summary>
    public IReadOnlyList<(AgentSnapshot Agent, RecordedStep Step)> Answers(int iteration) =>
        [.. _run.Agents.Select(a => (Agent: a, Step: Step(iteration, a)!)).Where(a => a.Step is { Status: "succeeded", Output: not null })];

    /// <summary>The iterations with any recorded step, in order; Accepted and TriggeredN2 are not set yet.</summary>
    public IReadOnlyList<IterationResult> Iterations()
    {
        var results = new List<IterationResult>();
        for (var i = 1; HasBegun(i); i++) results.Add(Read(i));
        return results;
    }

    /// <summary>What an iteration repairs: what its approval says, else the latest directive there is, else a general one.</summary>
    public string Directive(int iteration)
    {
        if (RunApprovals.On(_run, iteration)?.Directive is { } asked) return asked;
        for (var i = iteration - 1; i > 0; i--)
            if (Verdict(i, out _) is { } verdict && (verdict.RepairDirective ?? verdict.Rationale) is { } directive) return directive;
        return _run.Prompts.UnscoredDirective;
    }

    public Verdict? Verdict(int iteration, out string? reason)
    {
        var step = Step(iteration, StepPhase.Inspect);
        reason = step is { Status: "succeeded" } ? step.ErrorMessage : null;
        return step is { Status: "succeeded", ErrorMessage: null } ? Agents.Verdict.Parse(step.Output ?? "", truncated: false, out reason) : null;
    }

    IterationResult Read(int iteration)
    {
        var distilled = Output(iteration, StepPhase.Distil);
        var verdict = Verdict(iteration, out var reason);
        return new IterationResult
        {
            Iteration = iteration,
            Observation = Output(iteration, StepPhase.Observe),
            Distillation = distilled is null ? null : JsonAnswer.Unfenced(distilled),
            Insights = distilled is null ? [] : Insights.Read(distilled),
            Assembled = Output(iteration, StepPhase.Assemble),
            Score = verdict?.Score,
            Rationale = verdict?.Rationale,
            RepairDirective = verdict?.RepairDirective ?? verdict?.Rationale,
            UnscoredBecause = reason,
            TriggeredN2 = false,
            Accepted = false,
            Complete = Step(iteration, StepPhase.Inspect) is { Status: "succeeded" },
        };
    }
}
