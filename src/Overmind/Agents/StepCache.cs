using Overmind.Models;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>What a step's call does with the response cache.</summary>
static class StepCache
{
    /// <summary>
    /// As the run says; but a call that is made again, after a failure or for a retry of the run, asks the model: what was not good enough is not given again.
    /// Whoever sends an answer back, or brings a delegate's, asks something else.
    /// </summary>
    public static CachePolicy? Of(RunSnapshot snapshot, Run run, StepState step)
    {
        var again = run.RetryCount > 0 || step.Failures > 0 || step is { Attempt: > 1, SentBack: false, Delegation: null };
        if (!again || snapshot.Cache is not { } policy) return snapshot.Cache;
        return policy.Stores ? policy with { Reads = false } : null;
    }

    /// <summary>The question, as prompts hold it.</summary>
    public static string Question(string question) => PromptSections.Escape(question);
}
