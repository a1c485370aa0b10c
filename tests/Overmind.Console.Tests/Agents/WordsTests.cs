using Overmind.Agents;
using Overmind.WebConsole.Agents;

namespace Overmind.WebConsole.Tests.Agents;

public class WordsTests
{
    [Theory]
    [InlineData(TerminationReason.Threshold, "Iteration 2 reached the threshold of 9.0.")]
    [InlineData(TerminationReason.MaxIterations, "All 4 iterations stayed below the threshold of 9.0; the best, of iteration 2, is kept.")]
    [InlineData(TerminationReason.Plateau, "Two iterations in a row gained less than 0.2, below the threshold of 9.0; it is kept.")]
    [InlineData(TerminationReason.Deadline, "Its deadline passed. The best so far, of iteration 2, is shown.")]
    [InlineData(TerminationReason.Unscored, "No verdict could be read, so the answer has no score.")]
    public void Every_end_is_a_sentence(TerminationReason reason, string sentence) =>
        Words.Outcome(new RunViewModel(Runs.Succeeded with { TerminationReason = reason }, [])).ShouldBe(sentence);

    [Fact]
    public void A_failed_run_says_so() => Words.Outcome(new RunViewModel(
        Runs.Succeeded with { Status = RunStatus.Failed, TerminationReason = TerminationReason.Failed, BestIteration = null }, []))
        .ShouldBe("It ended without an answer.");

    [Fact]
    public void A_run_without_a_worker_waits_for_one() => Words.Outcome(new RunViewModel(Runs.Queued, [])).ShouldBe("Waiting for a worker.");
}
