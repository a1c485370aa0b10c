using Overmind.Agents;

namespace Overmind.WebConsole.Agents;

/// <summary>One step of a run as the page shows it: what is recorded, or what has been streamed so far.</summary>
public sealed class StepViewModel
{
    internal StepViewModel(string key, int iteration, StepPhase phase) => (Key, Iteration, Phase) = (key, iteration, phase);

    /// <summary>As <c>2/agent:creative</c> or <c>2/inspect</c>.</summary>
    public string Key { get; }

    public int Iteration { get; }

    public StepPhase Phase { get; }

    public Guid Id { get; internal set; }

    /// <summary>Null in the four phases of the synthesis.</summary>
    public string? AgentKey { get; internal set; }

    /// <summary>The agent's name, or the phase's.</summary>
    public string Name { get; internal set; } = "";

    public string Provider { get; internal set; } = "";

    public string Model { get; internal set; } = "";

    public StepStatus Status { get; internal set; } = StepStatus.Running;

    public int Attempt { get; internal set; } = 1;

    /// <summary>The whole answer, or what has come of it; empty while nothing has.</summary>
    public string Text { get; internal set; } = "";

    /// <summary>Why it failed; for a verdict that succeeded, why it counts as unreadable.</summary>
    public string? Error { get; internal set; }

    /// <summary>Why its first answer was sent back; null when it was not, or the reason is no longer known.</summary>
    public string? SentBackBecause { get; internal set; }

    /// <summary>The key of the agent that it handed a sub-question to; null for none.</summary>
    public string? DelegatedTo { get; internal set; }

    public long TokensInput { get; internal set; }

    public long TokensOutput { get; internal set; }

    /// <summary>In US dollars; null when the price is unknown.</summary>
    public decimal? CostUsd { get; internal set; } = 0;

    public int? LatencyMs { get; internal set; }

    public bool IsEstimated { get; internal set; }

    public bool IsRunning => Status is StepStatus.Running;

    /// <summary>True when its text is the offline model's.</summary>
    public bool IsOffline => Provider == "offline";

    /// <summary>Takes over what the database recorded.</summary>
    internal void Take(RunStep step)
    {
        Id = step.Id;
        AgentKey = step.Agent?.Key;
        Name = step.Agent?.Name ?? Words.Phase(step.Phase);
        Provider = step.Provider;
        Model = step.Model;
        Status = step.Status;
        Attempt = step.Attempt;
        // A running step has the text that was sent back, if any: the new one comes by events.
        Text = step.Status is StepStatus.Running ? "" : step.Output ?? "";
        Error = step.Status is StepStatus.Running ? null : step.ErrorMessage;
        SentBackBecause = step.Status is StepStatus.Running && step.Output is not null ? step.ErrorMessage : null;
        DelegatedTo = step.Delegation?.To;
        TokensInput = step.TokensInput;
        TokensOutput = step.TokensOutput;
        CostUsd = step.CostUsd;
        LatencyMs = step.LatencyMs;
        IsEstimated = step.IsEstimated;
    }
}
