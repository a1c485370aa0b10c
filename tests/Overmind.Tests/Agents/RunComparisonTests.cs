using Overmind.Agents;
using Overmind.Errors;

namespace Overmind.Tests.Agents;

public class RunComparisonTests(RunStage stage) : IClassFixture<RunStage>
{
    [Fact]
    public async Task Two_runs_stand_side_by_side()
    {
        var (left, _) = await stage.AskAsync(new FakeModel(FakeModel.Good(6, 7)), new RunOptions { MaxN2Iterations = 2 });
        var (right, _) = await stage.AskAsync(new FakeModel(FakeModel.Good(9.5)), new RunOptions { QualityThreshold = 9.5 });
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);

        var compared = await idle.Runs.CompareAsync(stage.User, left.Id, right.Id, CancellationToken.None);

        (compared.Left, compared.Right, compared.Question.IsSame).ShouldBe((left, right, true));
        compared.Settings.Where(s => !s.IsSame).Select(s => $"{s.Name} {s.Left} {s.Right}").ShouldBe(["quality_threshold 9 9.5", "max_n2_iterations 2 4"]);
        compared.Iterations.Select(i => (i.Iteration, i.LeftScore, i.RightScore)).ShouldBe([(1, 6, 9.5), (2, 7, null)]);
        var first = compared.Iterations[0].Steps;
        first.Select(s => s.Name).ShouldBe(
            ["agent:creative", "agent:structural", "agent:alignment", "agent:decision", "agent:recovery", "agent:boundary", "observe", "distil", "assemble", "inspect"]);
        first.ShouldAllBe(s => s.Left!.Output != null && s.Right!.Output != null && s.Left.Model == "offline/offline");
        compared.Iterations[1].Steps.ShouldAllBe(s => s.Left != null && s.Right == null);
        compared.AnswerDiff.ShouldBe([new DiffLine("delete", "answer 2"), new DiffLine("insert", "answer 1")]);
    }

    [Fact]
    public async Task A_run_that_the_caller_does_not_see_is_not_compared()
    {
        var (run, _) = await stage.AskAsync(new FakeModel(FakeModel.Good(9.5)));
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        foreach (var (caller, other) in new[] { (stage.Tenant.OtherUser, run.Id), (stage.User, Guid.CreateVersion7()) })
            (await Should.ThrowAsync<OvermindException>(() => idle.Runs.CompareAsync(caller, run.Id, other, CancellationToken.None))).Code.ShouldBe(ErrorCode.RunNotFound);
    }
}
