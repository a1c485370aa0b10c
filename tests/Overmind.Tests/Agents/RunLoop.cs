using Microsoft.Extensions.AI;
using Overmind.Agents;

namespace Overmind.Tests.Agents;

/// <summary>Drives a run in memory: what the planner asks for is called and recorded until the run ends.</summary>
sealed class RunLoop(RunSnapshot run, IChatClient model)
{
    public List<RecordedStep> Steps { get; } = [];

    public List<PlannedCall> Calls { get; } = [];

    public async Task<RunEnd> ToEnd()
    {
        while (true)
        {
            switch (RunPlanner.Next(run, Steps, Runs.Now, 0))
            {
                case RunMove.EndRun(var end):
                    return end;
                case RunMove.CallModels(_, var calls):
                    foreach (var call in calls) await Make(call);
                    break;
            }
        }
    }

    public async Task Make(PlannedCall call)
    {
        Calls.Add(call);
        var response = await model.GetResponseAsync(call.Messages, call.Options());
        Record(call, response.Text, response.FinishReason == ChatFinishReason.Length);
    }

    public void Record(PlannedCall call, string text, bool truncated = false)
    {
        var at = Steps.FindIndex(s => s.StepKey == call.StepKey);
        var step = at < 0 ? new RecordedStep { StepKey = call.StepKey, Status = "running", Attempt = 1 } : Steps[at] with { Attempt = Steps[at].Attempt + 1 };
        var recorded = RunPlanner.Judge(run, call, step, text, truncated) switch
        {
            StepOutcome.Succeeded(var remark) => step with { Status = "succeeded", Output = text, ErrorMessage = remark },
            StepOutcome.SendBack(var reason) => step with { Output = text, ErrorMessage = reason, SentBack = true },
            StepOutcome.Delegated(var delegation) => step with { Output = text, ErrorMessage = null, Delegation = delegation },
            StepOutcome.Failed(var reason) => step with { Status = "failed", Output = text, ErrorMessage = reason },
            _ => throw new InvalidOperationException("No such outcome."),
        };
        if (at < 0) Steps.Add(recorded);
        else Steps[at] = recorded;
    }
}
