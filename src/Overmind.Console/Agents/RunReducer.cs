using Overmind.Agents;

namespace Overmind.WebConsole.Agents;

/// <summary>The steps of a run and what was said of its iterations, as recorded steps and events tell it.</summary>
sealed class RunReducer
{
    readonly Dictionary<string, StepViewModel> steps = [];
    // In the order in which they began, which is the workflow's.
    readonly List<string> agentKeys = [];
    readonly Dictionary<int, IterationFacts> iterations = [];

    public IReadOnlyCollection<StepViewModel> Steps => steps.Values;

    public IReadOnlyList<AgentRow> Agents { get; private set; } = [];

    /// <summary>In US dollars; null when the price of any step is unknown.</summary>
    public decimal? Cost => steps.Values.Any(s => s.CostUsd is null) ? null : steps.Values.Sum(s => s.CostUsd);

    /// <summary>How many iterations have begun.</summary>
    public int IterationCount => Math.Max(
        steps.Count == 0 ? 0 : steps.Values.Max(s => s.Iteration),
        iterations.Count == 0 ? 0 : iterations.Keys.Max());

    public StepViewModel? Find(string key) => steps.GetValueOrDefault(key);

    public IterationFacts? Facts(int iteration) => iterations.GetValueOrDefault(iteration);

    public void Take(IReadOnlyList<RunStep> recorded)
    {
        foreach (var step in recorded)
        {
            var known = Find(step.StepKey);
            // Events may already know more of a step than what was read before them.
            if (known is not null && step.Status is StepStatus.Running && step.Attempt <= known.Attempt) continue;
            Of(step.StepKey, step.Iteration, step.Phase).Take(step);
        }

        NameAgents();
    }

    /// <summary>False when the event changes nothing.</summary>
    public bool Apply(RunEvent happened)
    {
        var data = happened.Data;
        switch (happened.Type)
        {
            case RunEventTypes.IterationStarted:
                var begun = RunEventJson.Number(data, "iteration") ?? 0;
                iterations[begun] = (Facts(begun) ?? new IterationFacts()) with { AskedToRepair = RunEventJson.Text(data, "repair_directive") };
                return true;
            case RunEventTypes.IterationCompleted:
                var complete = RunEventJson.Number(data, "iteration") ?? 0;
                iterations[complete] = (Facts(complete) ?? new IterationFacts()) with
                {
                    IsComplete = true,
                    Score = RunEventJson.Real(data, "score"),
                    Rationale = RunEventJson.Text(data, "rationale"),
                };
                return true;
            case RunEventTypes.StepStarted:
                return Begin(happened);
            case RunEventTypes.StepDelta or RunEventTypes.StepSentBack or RunEventTypes.StepDelegated or RunEventTypes.StepCompleted or RunEventTypes.StepFailed:
                return RunEventJson.Text(data, "step_key") is { } key && Go(happened, key);
            default:
                return false;
        }
    }

    /// <summary>The run has ended: what still runs will not be answered.</summary>
    public void End()
    {
        foreach (var step in steps.Values.Where(s => s.IsRunning)) step.Status = StepStatus.Cancelled;
    }

    bool Begin(RunEvent happened)
    {
        var data = happened.Data;
        if (RunEventJson.Text(data, "step_key") is not { } key) return false;
        var attempt = RunEventJson.Number(data, "attempt") ?? 1;
        var known = Find(key);
        if (known is not null && (attempt < known.Attempt || (attempt == known.Attempt && !known.IsRunning))) return false;
        var step = Of(key, RunEventJson.Number(data, "iteration") ?? 1, RunEventJson.Phase(data));
        if (known is null || attempt > step.Attempt) step.Text = "";
        step.Id = happened.StepId ?? step.Id;
        step.AgentKey = RunEventJson.Text(data, "agent_key");
        step.Name = RunEventJson.Text(data, "agent_name") ?? Words.Phase(step.Phase);
        step.Provider = RunEventJson.Text(data, "provider") ?? "";
        step.Model = RunEventJson.Text(data, "model") ?? "";
        step.Attempt = attempt;
        step.Status = StepStatus.Running;
        step.Error = null;
        NameAgents();
        return true;
    }

    bool Go(RunEvent happened, string key)
    {
        var data = happened.Data;
        var attempt = RunEventJson.Number(data, "attempt") ?? 1;
        if (happened.Type is RunEventTypes.StepCompleted or RunEventTypes.StepFailed && Find(key) is null)
            Of(key, RunEventJson.Number(data, "iteration") ?? 1, RunEventJson.Phase(data)).AgentKey = RunEventJson.Text(data, "agent_key");
        if (Find(key) is not { IsRunning: true } step || attempt < step.Attempt) return false;
        switch (happened.Type)
        {
            case RunEventTypes.StepDelta:
                step.Text += RunEventJson.Text(data, "delta");
                break;
            case RunEventTypes.StepSentBack:
                step.SentBackBecause = RunEventJson.Text(data, "reason");
                step.Text = "";
                break;
            case RunEventTypes.StepDelegated:
                step.DelegatedTo = RunEventJson.Text(data, "to");
                step.Text = "";
                break;
            case RunEventTypes.StepCompleted:
                step.Status = StepStatus.Succeeded;
                step.Text = RunEventJson.Text(data, "output") ?? "";
                step.TokensInput = (long)(RunEventJson.Real(data, "tokens_input") ?? 0);
                step.TokensOutput = (long)(RunEventJson.Real(data, "tokens_output") ?? 0);
                step.CostUsd = RunEventJson.Money(data, "cost_usd");
                step.LatencyMs = RunEventJson.Number(data, "latency_ms");
                step.Attempt = attempt;
                break;
            default:
                step.Status = StepStatus.Failed;
                step.Error = RunEventJson.Text(data, "error_message");
                step.Attempt = attempt;
                break;
        }

        return true;
    }

    StepViewModel Of(string key, int iteration, StepPhase phase)
    {
        if (steps.TryGetValue(key, out var step)) return step;
        return steps[key] = new StepViewModel(key, iteration, phase) { Name = Words.Phase(phase) };
    }

    void NameAgents()
    {
        // A delegate answers in another agent's row; its own begins with its own step.
        foreach (var step in steps.Values.Where(s => s.Phase is StepPhase.Agent && s.AgentKey is not null && !agentKeys.Contains(s.AgentKey)))
            agentKeys.Add(step.AgentKey!);
        Agents = [.. agentKeys.Select(key => steps.Values.Where(s => s.Phase is StepPhase.Agent && s.AgentKey == key).MaxBy(s => s.Iteration)!)
            .Select(s => new AgentRow(s.AgentKey!, s.Name, s.Model, s.IsOffline))];
    }
}
