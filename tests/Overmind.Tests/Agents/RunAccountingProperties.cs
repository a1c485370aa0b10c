using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Overmind.Agents;
using Overmind.Models;

namespace Overmind.Tests.Agents;

public class RunAccountingProperties(RunStage stage) : IClassFixture<RunStage>
{
    /// <summary>Whatever models answer or fail to, each token is in ledger, steps and run alike, and the stored steps are those of the plan.</summary>
    [Property(MaxTest = 25)]
    public async Task Ledger_steps_and_run_always_add_up(byte[] choices, bool sequential, bool priced, PositiveInt iterations)
    {
        await stage.Database.ExecuteAsync("update workflows set execution_mode = $1", sequential ? "sequential" : "parallel");
        var options = new RunOptions { MaxN2Iterations = 1 + (iterations.Get % 4) };

        var (run, _) = await stage.AskAsync(new FakeModel(Answers(choices)) { Usage = null }, priced ? options : RunStage.Unpriced(options));

        run.Status.ShouldBe(run.Answer is null ? RunStatus.Failed : RunStatus.Succeeded);
        // What used no token cost nothing, whatever the price.
        run.CostUsd.ShouldBe(priced || run.TokensInput + run.TokensOutput == 0 ? 0 : null);
        await stage.ShouldAddUpAsync(run.Id);
        await ShouldBeAtItsEndAsync(run);
    }

    /// <summary>What a step is answered with, by a number of its own: mostly usable, else broken, empty, cut short by a failure, or nothing but a failure.</summary>
    static Func<FakeCall, CancellationToken, IAsyncEnumerable<string>> Answers(byte[] choices) => (call, _) =>
    {
        var choice = choices.Length == 0 ? 9 : choices[(call.Number + call.Part.Sum(c => c)) % choices.Length];
        return (choice % 12) switch
        {
            0 => Text("broken", null),
            1 => Text("", null),
            2 => Text("cut sh", new NotSupportedException("gone in the middle")),
            3 => Text(null, new NotSupportedException("refused")),
            var n => Text(FakeModel.Good(n)(call), null),
        };
    };

    static async IAsyncEnumerable<string> Text(string? text, Exception? failure)
    {
        await Task.Yield();
        if (text is not null) yield return text;
        if (failure is not null) throw failure;
    }

    /// <summary>The planner, asked about what is stored, has nothing more to call.</summary>
    async Task ShouldBeAtItsEndAsync(Run run)
    {
        var snapshot = RunSnapshotJson.Read(await stage.Database.ScalarAsync<string>("select snapshot::text from workflow_runs where id = $1", run.Id));
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        var steps = await idle.Runs.StepsAsync(stage.User, run.Id, CancellationToken.None);
        var sentBack = await stage.Database.ScalarAsync<string[]>(
            "select array(select step_key from run_steps where run_id = $1 and is_sent_back)", run.Id);
        var recorded = steps.Select(s => new RecordedStep
        {
            StepKey = s.StepKey,
            Status = LowerSnake.Write(s.Status),
            Attempt = s.Attempt,
            Output = s.Output,
            ErrorMessage = s.ErrorMessage,
            SentBack = sentBack.Contains(s.StepKey),
        });

        var end = RunPlanner.Next(snapshot, [.. recorded], run.CreatedAt, 0).ShouldBeOfType<RunMove.EndRun>().End;

        (end.TerminationReason, end.KeptIteration, end.Score, end.Answer, end.ErrorMessage)
            .ShouldBe((run.TerminationReason!.Value, run.BestIteration, run.BestScore, run.Answer, run.Error?.Message));
    }
}
