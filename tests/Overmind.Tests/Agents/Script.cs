using Overmind.Agents;

namespace Overmind.Tests.Agents;

/// <summary>Drives a run with given answers: what each step key is answered with, one after the other; null is a model that fails.</summary>
sealed class Script(RunSnapshot run)
{
    readonly RunLoop _loop = new(run, model: null!);

    public List<RecordedStep> Steps => _loop.Steps;

    /// <summary>The step keys in the order they were called.</summary>
    public List<string> Called { get; } = [];

    public Func<PlannedCall, string?> Answer { get; set; } = Good(5);

    /// <summary>Usable answers of every phase, with one score after the other; null is a verdict that cannot be read.</summary>
    public static Func<PlannedCall, string?> Good(params double?[] scores) => call => call.Phase switch
    {
        StepPhase.Agent => $"1. {call.Agent!.Key}\n2. of {call.Iteration}\n3. three\n4. four",
        StepPhase.Delegate => $"part of {call.Agent!.Key}",
        StepPhase.Observe => $"observation {call.Iteration}",
        StepPhase.Distil => $$"""{"core_insights": ["insight {{call.Iteration}}"]}""",
        StepPhase.Assemble => $"answer {call.Iteration}",
        _ => scores[Math.Min(call.Iteration, scores.Length) - 1] is { } score
            ? $$"""{"score": {{score}}, "rationale": "because {{call.Iteration}}", "repair_directive": "repair {{call.Iteration}}"}"""
            : "no verdict",
    };

    public RunMove Next(decimal cost = 0, DateTimeOffset? now = null) => RunPlanner.Next(run, Steps, now ?? Runs.Now, cost);

    public IReadOnlyList<PlannedCall> Planned() => Next().ShouldBeOfType<RunMove.CallModels>().Calls;

    public RunEnd ToEnd()
    {
        while (true)
        {
            if (Next() is RunMove.EndRun(var end)) return end;
            foreach (var call in Planned()) Make(call);
        }
    }

    /// <summary>Goes on until a step of that key is planned, and returns it.</summary>
    public PlannedCall To(string stepKey)
    {
        while (true)
        {
            var calls = Planned();
            if (calls.FirstOrDefault(c => c.StepKey == stepKey) is { } call) return call;
            foreach (var other in calls) Make(other);
        }
    }

    public void Make(PlannedCall call)
    {
        Called.Add(call.StepKey);
        if (Answer(call) is { } text) _loop.Record(call, text);
        else Fail(call);
    }

    public void Record(PlannedCall call, string text, bool truncated = false) => _loop.Record(call, text, truncated);

    void Fail(PlannedCall call)
    {
        Steps.RemoveAll(s => s.StepKey == call.StepKey);
        Steps.Add(new RecordedStep { StepKey = call.StepKey, Status = "failed", Attempt = 1, ErrorMessage = "The model is down." });
    }
}
