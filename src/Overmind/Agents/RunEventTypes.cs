namespace Overmind.Agents;

/// <summary>The types of a run's events.</summary>
public static class RunEventTypes
{
    public const string RunCreated = "run.created";
    public const string RunStarted = "run.started";
    public const string IterationStarted = "iteration.started";
    public const string StepStarted = "step.started";
    public const string StepDelta = "step.delta";
    public const string StepSentBack = "step.sent_back";
    public const string StepDelegated = "step.delegated";
    public const string StepCompleted = "step.completed";
    public const string StepFailed = "step.failed";
    public const string IterationCompleted = "iteration.completed";
    public const string RunWaiting = "run.waiting";
    public const string RunApproved = "run.approved";
    public const string RunRejected = "run.rejected";
    public const string RunRetried = "run.retried";
    public const string RunSucceeded = "run.succeeded";
    public const string RunFailed = "run.failed";
    public const string RunCancelled = "run.cancelled";
}
